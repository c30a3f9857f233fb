package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The templates against AWS's own rules, which know every resource's schema, and against ours. */
class TemplateIT {
    private static final Path TEMPLATE = Path.of("template.yaml");

    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "infra/build-image/template.yaml"})
    void theTemplateBreaksNoRuleOfAws(String template) throws Exception {
        var answer = Tools.run(List.of(Tools.command("cfn-lint"), template));
        assertThat(answer.output()).isBlank();
        assertThat(answer.status()).isZero();
    }

    @Test
    void theTemplateIsOneThatSamDeploys() throws Exception {
        var sam = Tools.command("sam");
        var answer = Tools.run(List.of(
                "env",
                "SAM_CLI_TELEMETRY=0",
                "AWS_DEFAULT_REGION=eu-central-1",
                sam,
                "validate",
                "--lint",
                "--template",
                TEMPLATE.toString()));
        assertThat(answer.output()).contains("is a valid SAM Template");
        assertThat(answer.status()).isZero();
    }

    @Test
    void theRulesWouldSayIfItDid(@TempDir Path directory) throws Exception {
        var broken = directory.resolve("template.yaml");
        Files.writeString(broken, Files.readString(TEMPLATE).replace("FifoQueue: true", "FifoQue: true"));
        var answer = Tools.run(List.of(Tools.command("cfn-lint"), broken.toString()));
        assertThat(answer.output()).contains("FifoQue");
        assertThat(answer.status()).isNotZero();
    }

    private static Tools.Answer guarded(Path template) throws Exception {
        var guard = Tools.run(List.of("bash", "-c", "infra/local/guard.sh 2> /dev/null"));
        assertThat(guard.status()).as("%s", guard.output()).isZero();
        return Tools.run(List.of(
                guard.output().strip(),
                "validate",
                "--rules",
                "infra/guard/sledge.guard",
                "--data",
                template.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"template.yaml", "infra/build-image/template.yaml"})
    void theTemplateBreaksNoRuleOfOurOwn(Path template) throws Exception {
        var answer = guarded(template);
        assertThat(answer.status()).as("%s", answer.output()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BlockPublicPolicy: true | BlockPublicPolicy: false | buckets_are_private_and_encrypted",
                "SqsManagedSseEnabled: true | SqsManagedSseEnabled: false | queues_are_encrypted",
                "RetentionInDays: !Ref LogRetentionDays | KmsKeyId: x | logs_have_an_end",
                "aws:SecureTransport: | aws:Secure: | buckets_take_tls_alone",
                "Role: !GetAtt PushRole.Arn | Layers: [] | functions_have_a_role",
                "Sid: OwnImages | NotAction: x | roles_say_what_and_where"
            })
    void ourRulesWouldSayIfItDid(String good, String bad, String rule, @TempDir Path directory) throws Exception {
        var broken = directory.resolve("template.yaml");
        var text = Files.readString(TEMPLATE);
        assertThat(text).contains(good);
        Files.writeString(broken, text.replace(good, bad));
        var answer = guarded(broken);
        assertThat(answer.status()).isNotZero();
        assertThat(answer.output()).contains(rule);
    }

    @Test
    void everyHandlerIsThere() throws Exception {
        var handlers = Pattern.compile("(?m)^ *Handler: (\\S+)$").matcher(Files.readString(TEMPLATE));
        var found = 0;
        while (handlers.find()) {
            assertThat(Class.forName(handlers.group(1)).getConstructor()).isNotNull();
            found++;
        }
        assertThat(found).isPositive();
    }
}
