package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A webhook of Bitbucket Cloud.
 *
 * @see <a href="https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/#api-repositories-workspace-repo-slug-hooks-post">webhooks</a>
 */
final class BitbucketHookForm implements ForgeHooks.Form {
    private static final List<String> EVENTS = List.of("repo:push", "pullrequest:created", "pullrequest:updated");

    @Override
    public String path(Repository repository) {
        return "/repositories/" + PathText.of(repository.fullName()) + "/hooks";
    }

    @Override
    public String firstPage() {
        return "?pagelen=100";
    }

    @Override
    public JsonNode hooks(JsonNode page) {
        return page.path("values");
    }

    @Override
    public Optional<String> nextPage(JsonNode page) {
        return page.hasNonNull("next")
                ? Optional.ofNullable(URI.create(page.path("next").asText()).getRawQuery())
                        .map(query -> "?" + query)
                : Optional.empty();
    }

    /** A UUID in braces. */
    @Override
    public String id(JsonNode hook) {
        return hook.path("uuid").asText();
    }

    @Override
    public String url(JsonNode hook) {
        return hook.path("url").asText();
    }

    @Override
    public boolean isComplete(JsonNode hook) {
        return hook.path("active").asBoolean()
                && hook.path("secret_set").asBoolean(true)
                && ForgeHooks.holds(hook.path("events"), EVENTS);
    }

    @Override
    public void fill(ObjectNode json, Registration registration) {
        json.put("description", "Sledge")
                .put("url", registration.url().toString())
                .put("active", true);
        json.put("secret", registration.secret().reveal());
        EVENTS.forEach(json.withArrayProperty("events")::add);
    }

    @Override
    public String permission() {
        return "webhook (read and write)";
    }
}
