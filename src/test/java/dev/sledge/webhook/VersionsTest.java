package dev.sledge.webhook;

import static dev.sledge.webhook.Deliveries.SECRET;
import static dev.sledge.webhook.Deliveries.result;
import static dev.sledge.webhook.Deliveries.sample;
import static dev.sledge.webhook.Deliveries.signed;
import static dev.sledge.webhook.Deliveries.webhooks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.event.Forge;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Pushed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where versions and settings of a forge differ from its samples. */
class VersionsTest {
    private static final String BASE = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final String HEAD = "7fd1a60b01f91b314f59955a4e4d4e80d8edf11d";

    private static Received read(Forge forge, String event, String json) {
        return webhooks(forge, SECRET).read(signed(forge, event, Body.utf8(json)));
    }

    /** The sample with something else in one place. */
    private static String changed(String file, String pattern, String replacement) {
        var json = sample(file);
        var changed = json.replaceFirst(pattern, replacement);
        assertThat(changed).as(pattern).isNotEqualTo(json);
        return changed;
    }

    @Test
    void dataCentersMessageStandsBesideTheChange() {
        var json = changed("bitbucket-dc-push-branch.json", "Say hello", "[skip ci] Say hello");
        assertThat(result(read(Forge.BITBUCKET_DC, "repo:refs_changed", json))).endsWith(HEAD + " skip");
    }

    @Test
    void dataCenterTellsOneCommitThatIsOfNoneOfSeveralChanges() {
        var json = changed(
                "bitbucket-dc-several-refs.json",
                "\"changes\"",
                "\"toCommit\": {\"id\": \"" + BASE + "\", \"message\": \"[skip ci]\"}, \"changes\"");
        assertThat(result(read(Forge.BITBUCKET_DC, "repo:refs_changed", json)))
                .startsWith("push_branch refs/heads/main " + BASE + " " + HEAD + " + ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "null", "\"ci.skip\"", "{\"ci\": []}", "{\"ci\": {\"skip\": false}}"})
    void gitLabsPushOptionsMayBeOfAnyShape(String options) {
        var json = changed("gitlab-push-branch.json", "^\\{", "{\"push_options\": " + options + ",");
        assertThat(result(read(Forge.GITLAB, "Push Hook", json)))
                .startsWith("push_branch")
                .endsWith(HEAD);
    }

    @Test
    void aTagOfGitLabThatNamesNoCommitIsNotBuilt() {
        var json = changed("gitlab-annotated-tag.json", "\"checkout_sha\": \"\\w+\"", "\"checkout_sha\": null");
        assertThat(result(read(Forge.GITLAB, "Tag Push Hook", json))).isEqualTo("ignored: the tag names no commit");
    }

    @Test
    void aRefOfGitLabThatIsNoBranchAndNoTagIsNotBuilt() {
        var json = changed("gitlab-push-branch.json", "refs/heads/main", "refs/keep-around/x");
        assertThat(read(Forge.GITLAB, "Push Hook", json)).isInstanceOf(Received.Ignored.class);
    }

    @Test
    void aMergeRequestWhoseForkIsGoneComesFromAFork() {
        var json =
                changed("gitlab-merge-request-open.json", "\"source_project_id\": \\d+", "\"source_project_id\": null");
        assertThat(result(read(Forge.GITLAB, "Merge Request Hook", json))).endsWith(HEAD + " fork");
    }

    @Test
    void aRequestWithoutACommitIsNotBuilt() {
        var merge =
                changed("gitlab-merge-request-open.json", "(?s)\"last_commit\": \\{.*?\\}", "\"last_commit\": null");
        assertThat(read(Forge.GITLAB, "Merge Request Hook", merge)).isInstanceOf(Received.Ignored.class);
        var pull = changed("bitbucket-pull-request-updated.json", "(?s)\"commit\": \\{[^}]*\\}", "\"commit\": null");
        assertThat(read(Forge.BITBUCKET, "pullrequest:updated", pull)).isInstanceOf(Received.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok\n", "tok\r\n", "t\nok"})
    void gitLabDropsTheLineBreaksOfItsToken(String secret) {
        var headers = Map.of("X-Gitlab-Token", List.of("tok"));
        var request = new WebhookRequest(headers, Body.utf8(sample("gitlab-push-branch.json")));
        assertThat(webhooks(Forge.GITLAB, new WebhookSecret(secret)).read(request))
                .isInstanceOf(Received.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({
        "github, push, github-push-branch.json",
        "gitlab, Push Hook, gitlab-push-branch.json",
        "gitea, push, gitea-push-branch.json"
    })
    void anEmptyDefaultBranchIsUntold(String route, String event, String file) {
        var json = changed(file, "\"default_branch\": \"[^\"]*\"", "\"default_branch\": \"\"");
        assertThat(read(Forge.ofRoute(route).orElseThrow(), event, json))
                .isInstanceOfSatisfying(
                        Received.Verified.class,
                        verified -> assertThat(verified.events())
                                .first()
                                .isInstanceOfSatisfying(
                                        Pushed.class,
                                        push -> assertThat(push.defaultBranch())
                                                .isEqualTo(new DefaultBranch.Untold())));
    }

    @ParameterizedTest
    @CsvSource({"github, ''", "gitea, ' draft'"})
    void aTitleMakesADraftAtGiteaAlone(String route, String draft) {
        var forge = Forge.ofRoute(route).orElseThrow();
        var json = changed(route + "-pull-request-opened.json", "\"title\": \"", "\"title\": \"WIP: ");
        assertThat(result(read(forge, "pull_request", json))).endsWith(HEAD + draft);
    }

    @ParameterizedTest
    @CsvSource({
        "WIP: Say hello, Say hello, pull_request",
        "[wip] Say hello, Say hello, pull_request",
        "WIP: Say hello, WIP: Say more, ignored",
        "Say hello, Say more, ignored",
        "Say hello, WIP: Say hello, ignored"
    })
    void aDraftOfGiteaIsBuiltWhenItsTitleSaysThatItIsReady(String from, String to, String expected) {
        var json = changed(
                        "gitea-pull-request-opened.json",
                        "\"action\": \"opened\"",
                        "\"action\": \"edited\", \"changes\": {\"title\": {\"from\": \"" + from + "\"}}")
                .replaceFirst("\"title\": \"[^\"]*\"", "\"title\": \"" + to + "\"");
        assertThat(result(read(Forge.GITEA, "pull_request", json))).startsWith(expected);
    }

    @Test
    void theTipOfGiteasBaseIsEmptyWhenItIsGone() {
        var json = changed("gitea-pull-request-opened.json", "(?s)(\"base\": \\{.*?\"sha\": )\"\\w+\"", "$1\"\"");
        assertThat(result(read(Forge.GITEA, "pull_request", json)))
                .isEqualTo("pull_request refs/pull/7/head - " + HEAD);
    }

    @Test
    void aChangeOfBitbucketFromNothingToNothingIsNone() {
        var json = "{\"repository\":{\"full_name\":\"o/r\"},\"push\":{\"changes\":[{\"new\":null,\"old\":null}]}}";
        assertThat(read(Forge.BITBUCKET, "repo:push", json)).isInstanceOf(Received.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@1Z6R5RFx901x1234x0", "{72d3162e-cc78-11e3-81ab-4c9367dc0958}", "", "日本"})
    void aDeliveryIdOfOtherCharactersIsHashed(String id) {
        var request =
                signed(Forge.BITBUCKET_DC, "repo:refs_changed", Body.utf8(sample("bitbucket-dc-push-branch.json")));
        var headers = new HashMap<>(request.headers());
        headers.put("x-request-id", List.of(id));
        assertThat(webhooks(Forge.BITBUCKET_DC, SECRET).read(new WebhookRequest(headers, request.body())))
                .isInstanceOfSatisfying(
                        Received.Verified.class,
                        verified -> assertThat(verified.delivery().value()).matches("sha256:[0-9a-f]{64}"));
    }
}
