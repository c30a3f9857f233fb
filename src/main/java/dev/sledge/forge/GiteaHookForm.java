package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import java.util.List;

/**
 * A webhook of Gitea or Forgejo. {@code pull_request} is the opening and closing, a new head is an event of its own.
 *
 * @see <a href="https://docs.gitea.com/api">API of Gitea</a>
 */
final class GiteaHookForm implements ForgeHooks.Form {
    private static final List<String> EVENTS = List.of("push", "pull_request", "pull_request_sync");

    @Override
    public String path(Repository repository) {
        return "/repos/" + PathText.of(repository.fullName()) + "/hooks";
    }

    @Override
    public String firstPage() {
        return "?limit=50";
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
        json.put("type", "gitea").put("active", true).put("branch_filter", "*");
        EVENTS.forEach(json.withArrayProperty("events")::add);
        json.putObject("config")
                .put("url", registration.url().toString())
                .put("content_type", "json")
                .put("secret", registration.secret().reveal());
    }

    @Override
    public String changing() {
        return "PATCH";
    }

    @Override
    public String permission() {
        return "write:repository, of an owner";
    }
}
