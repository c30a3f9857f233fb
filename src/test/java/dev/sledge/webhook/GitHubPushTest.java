package dev.sledge.webhook;

import static dev.sledge.webhook.Deliveries.GITHUB;
import static dev.sledge.webhook.Deliveries.push;
import static dev.sledge.webhook.Deliveries.result;
import static dev.sledge.webhook.Deliveries.sample;
import static dev.sledge.webhook.Deliveries.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.event.Forge;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Pushed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a delivery says, its signature being good. */
class GitHubPushTest {
    static Stream<Arguments> samples() {
        return Samples.of(Forge.GITHUB).map(row -> Arguments.of(row.file(), row.event(), row.result()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void aFormHoldsTheSamePayload(String file, String event, String expected) {
        var form = Body.utf8("payload=" + URLEncoder.encode(sample(file), StandardCharsets.UTF_8));
        var type = "application/x-www-form-urlencoded; charset=utf-8";
        assertThat(result(GITHUB.read(signed(event, type, form)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "payload", "payload=", "payload=%", "payload=%7B", "other={}", "payload={}&payload={}", "{}"
            })
    void aFormWithoutAPayloadIsMalformed(String form) {
        assertThat(GITHUB.read(signed("push", "application/x-www-form-urlencoded", Body.utf8(form))))
                .isInstanceOf(Received.Malformed.class);
    }

    @Test
    void repositoryAndDefaultBranchAreThePayloads() {
        assertThat(push(sample("github-create-branch.json")))
                .isInstanceOfSatisfying(
                        Received.Verified.class,
                        verified -> assertThat(verified.events())
                                .first()
                                .isInstanceOfSatisfying(Pushed.class, pushed -> {
                                    assertThat(pushed.repository())
                                            .isEqualTo(new Repository("github.com", "octocat/hello-world"));
                                    assertThat(pushed.defaultBranch())
                                            .isEqualTo(new DefaultBranch.Named(new GitRef.Branch("main")));
                                }));
    }

    @Test
    void aTagWithoutAHeadCommitIsBuiltWhereItPoints() {
        var json = sample("github-push-tag.json")
                .replaceFirst("(?s)\"head_commit\": \\{.*?\\n  \\}", "\"head_commit\": null");
        assertThat(json).contains("\"head_commit\": null");
        assertThat(result(push(json)))
                .isEqualTo("push_tag refs/tags/v1.0.0 - 7fd1a60b01f91b314f59955a4e4d4e80d8edf11d");
    }

    @Test
    void aDeletionIsOneByItsFlagOrByItsZeros() {
        var flag = sample("github-delete-branch.json")
                .replaceFirst("\"after\": \"0+\"", "\"after\": \"" + "a".repeat(40) + "\"");
        var zeros = sample("github-delete-branch.json").replace("\"deleted\": true", "\"deleted\": false");
        assertThat(result(push(flag))).startsWith("delete_branch ");
        assertThat(result(push(zeros))).startsWith("delete_branch ");
    }

    @Test
    void repositoriesOfSha256HaveLongerIds() {
        var json = sample("github-create-branch.json")
                .replace("0".repeat(40), "0".repeat(64))
                .replace("7fd1a60b01f91b314f59955a4e4d4e80d8edf11d", "b".repeat(64));
        assertThat(result(push(json))).isEqualTo("push_branch refs/heads/feature/bonjour - " + "b".repeat(64));
    }

    @Test
    void aRefThatIsNoBranchAndNoTagIsNotBuilt() {
        assertThat(push(sample("github-push-branch.json").replace("refs/heads/main", "refs/notes/commits")))
                .isInstanceOf(Received.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "refs/heads/",
                "refs/heads/a:b",
                "refs/heads/a..b",
                "refs/heads/.a",
                "main",
                "",
                "refs/heads/\\u0000",
                "refs/heads/\\ud800"
            })
    void aRefThatGitDoesNotKnowIsMalformed(String ref) {
        assertThat(push(sample("github-push-branch.json").replace("refs/heads/main", ref)))
                .isInstanceOf(Received.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(id)", "a$(touch x);'\\\"", "`id`", "a;id", "-x", "--upload-pack=x", "a'b\\\"c", "日本"})
    void aHostileNameIsAName(String name) {
        var json = sample("github-push-branch.json").replace("refs/heads/main", "refs/heads/" + name);
        assertThat(result(push(json))).startsWith("push_branch refs/heads/" + name.replace("\\\"", "\"") + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "1",
                "\"push\"",
                "{}",
                "{} {}",
                "{}x",
                "\u0000",
                "{\"ref\":\"refs/heads/a\",\"ref\":\"refs/heads/b\"}"
            })
    void whatIsNoPushIsMalformed(String json) {
        assertThat(push(json)).isInstanceOf(Received.Malformed.class);
    }

    @Test
    void bombsAreMalformed() {
        var push = sample("github-push-branch.json");
        for (var bomb : List.of(
                "[".repeat(100_000),
                push.replaceFirst("\\{", "{\"x\":" + "[".repeat(65) + "]".repeat(65) + ","),
                push.replaceFirst("\\{", "{\"x\":" + "9".repeat(101) + ","),
                push.replaceFirst("\\{", "{\"x\":\"" + "x".repeat((1 << 20) + 1) + "\","))) {
            assertThat(push(bomb)).isInstanceOf(Received.Malformed.class);
        }
        assertThat(push(push.replaceFirst("\\{", "{\"x\":" + "[".repeat(60) + "]".repeat(60) + ",")))
                .isInstanceOf(Received.Verified.class);
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsAreNoFault() {
        var json = "\ufeff" + sample("github-push-branch.json").replace("\n", "\r\n");
        assertThat(push(json)).isInstanceOf(Received.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"X-GitHub-Event, 0", "X-GitHub-Event, 2", "X-GitHub-Delivery, 2"})
    void aDeliveryNamesItsEventAndItselfOnce(String header, int times) {
        var request = signed("push", Body.utf8(sample("github-push-branch.json")));
        var headers = new HashMap<>(request.headers());
        headers.put(header.toLowerCase(Locale.ROOT), Collections.nCopies(times, "push"));
        assertThat(GITHUB.read(new WebhookRequest(headers, request.body()))).isInstanceOf(Received.Malformed.class);
    }

    @Test
    void anIgnoredEventIsNotQuotedUnlessItIsAPlainWord() {
        assertThat(result(GITHUB.read(signed("<script>", Body.utf8("{}")))))
                .isEqualTo("ignored: event '?' is not built");
    }
}
