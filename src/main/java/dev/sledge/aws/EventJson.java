package dev.sledge.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;

/** An event as it waits in the queue: the normalised event alone, never the payload it came from. */
public final class EventJson {
    private static final JsonMapper JSON = new JsonMapper();

    private EventJson() {}

    public static String write(RepositoryEvent event) {
        var json = JSON.createObjectNode();
        json.put("host", event.repository().host());
        json.put("repository", event.repository().fullName());
        json.put("ref", event.ref().full());
        switch (event) {
            case Pushed push -> {
                json.put("kind", "pushed").put("commit", push.commit().hex());
                json.put("defaultBranch", push.defaultBranch().name());
                if (push.before() instanceof Before.At(var commit)) {
                    json.put("before", commit.hex());
                }
            }
            case RefDeleted deleted ->
                json.put("kind", "deleted").put("before", deleted.before().hex());
        }
        return json.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    public static RepositoryEvent read(String text) {
        try {
            var json = JSON.readTree(text);
            var repository = new Repository(text(json, "host"), text(json, "repository"));
            var ref = GitRef.parse(text(json, "ref"));
            return switch (text(json, "kind")) {
                case "pushed" ->
                    new Pushed(
                            repository,
                            ref,
                            before(json),
                            new CommitId(text(json, "commit")),
                            new GitRef.Branch(text(json, "defaultBranch")));
                case "deleted" -> new RefDeleted(repository, ref, new CommitId(text(json, "before")));
                default -> throw new IllegalArgumentException("no event of Sledge's: kind is unknown");
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no event of Sledge's: " + e.getOriginalMessage(), e);
        }
    }

    private static Before before(JsonNode json) {
        return json.has("before") ? new Before.At(new CommitId(text(json, "before"))) : new Before.Nothing();
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText();
    }
}
