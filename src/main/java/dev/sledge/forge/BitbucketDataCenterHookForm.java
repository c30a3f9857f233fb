package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import java.util.List;
import java.util.Optional;

/**
 * A webhook of Bitbucket Data Center.
 *
 * @see <a href="https://developer.atlassian.com/server/bitbucket/rest/v905/api-group-repository/#api-api-latest-projects-projectkey-repos-repositoryslug-webhooks-post">webhooks</a>
 */
final class BitbucketDataCenterHookForm implements ForgeHooks.Form {
    private static final List<String> EVENTS =
            List.of("repo:refs_changed", "pr:opened", "pr:from_ref_updated", "pr:modified");

    @Override
    public String path(Repository repository) {
        return "/api/1.0" + BitbucketDataCenterSources.root(repository) + "/webhooks";
    }

    @Override
    public String firstPage() {
        return "?limit=100";
    }

    @Override
    public JsonNode hooks(JsonNode page) {
        return page.path("values");
    }

    @Override
    public Optional<String> nextPage(JsonNode page) {
        return page.path("isLastPage").asBoolean(true)
                ? Optional.empty()
                : Optional.of("?limit=100&start=" + page.path("nextPageStart").asInt());
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
        return hook.path("active").asBoolean() && ForgeHooks.holds(hook.path("events"), EVENTS);
    }

    @Override
    public void fill(ObjectNode json, Registration registration) {
        json.put("name", "Sledge").put("url", registration.url().toString()).put("active", true);
        EVENTS.forEach(json.withArrayProperty("events")::add);
        json.putObject("configuration").put("secret", registration.secret().reveal());
    }

    @Override
    public String permission() {
        return "the right to administer the repository";
    }
}
