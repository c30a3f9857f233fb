package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.HooksUnavailableException;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import dev.sledge.webhook.WebhookSecret;
import java.util.List;

/**
 * A webhook of GitLab with a plain secret. A signing token is not registered: a GitLab that does not know them yet ignores the field and
 * says nothing.
 *
 * @see <a href="https://docs.gitlab.com/api/project_webhooks/">project webhooks</a>
 */
final class GitLabHookForm implements ForgeHooks.Form {
    private static final List<String> EVENTS = List.of("push_events", "tag_push_events", "merge_requests_events");

    @Override
    public String path(Repository repository) {
        return "/projects/" + PathText.whole(repository.fullName()) + "/hooks";
    }

    @Override
    public String firstPage() {
        return "?per_page=100";
    }

    @Override
    public String id(JsonNode hook) {
        return hook.path("id").asText();
    }

    @Override
    public String url(JsonNode hook) {
        return hook.path("url").asText();
    }

    @Override
    public boolean isComplete(JsonNode hook) {
        return EVENTS.stream().allMatch(event -> hook.path(event).asBoolean())
                && !List.of("disabled", "temporarily_disabled")
                        .contains(hook.path("alert_status").asText());
    }

    @Override
    public void fill(ObjectNode json, Registration registration) {
        json.put("url", registration.url().toString());
        EVENTS.forEach(event -> json.put(event, true));
        json.put("enable_ssl_verification", true);
        var secret = registration.secret();
        json.put(isSigningToken(secret) ? "signing_token" : "token", secret.reveal());
    }

    private static boolean isSigningToken(WebhookSecret secret) {
        return secret.reveal().startsWith("whsec_");
    }

    /** A GitLab that has no signing tokens passes over one in silence, and would sign nothing. */
    @Override
    public void check(ForgeAnswer made, Registration registration) {
        if (isSigningToken(registration.secret())
                && !made.json().path("signing_token_present").asBoolean()) {
            throw new HooksUnavailableException(
                    "this GitLab signs no deliveries: it took the webhook without its signing token; connect again with"
                            + " --plain-token, which tells who sends a delivery and not that nobody changed it");
        }
    }

    @Override
    public String permission() {
        return "api, and the role Maintainer";
    }
}
