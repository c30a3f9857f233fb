package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code template.yaml} against AWS's own rules, which know every resource's schema. */
class TemplateIT {
    private static final Path TEMPLATE = Path.of("template.yaml");

    @Test
    void theTemplateBreaksNoRuleOfAws() throws Exception {
        var answer = Tools.run(List.of(Tools.command("cfn-lint"), TEMPLATE.toString()));
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
