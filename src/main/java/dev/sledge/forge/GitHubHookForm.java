package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import java.util.List;

/**
 * A webhook of GitHub.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/webhooks">repository webhooks</a>
 */
final class GitHubHookForm implements ForgeHooks.Form {
    private static final List<String> EVENTS = List.of("push", "pull_request");

    @Override
    public String path(Repository repository) {
        return "/repos/" + PathText.of(repository.fullName()) + "/hooks";
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
        return hook.path("config").path("url").asText();
    }

    @Override
    public boolean isComplete(JsonNode hook) {
        return hook.path("active").asBoolean()
                && hook.path("config").path("content_type").asText().equals("json")
                && ForgeHooks.holds(hook.path("events"), EVENTS);
    }

    @Override
    public void fill(ObjectNode json, Registration registration) {
        json.put("name", "web").put("active", true);
        EVENTS.forEach(json.withArrayProperty("events")::add);
        json.putObject("config")
                .put("url", registration.url().toString())
                .put("content_type", "json")
                .put("insecure_ssl", "0")
                .put("secret", registration.secret().reveal());
    }

    @Override
    public String changing() {
        return "PATCH";
    }

    @Override
    public String permission() {
        return "webhooks: write";
    }
}
