package dev.sledge.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.CommitId;
import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.event.SkipMark;

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
                put(json, push.defaultBranch());
                if (push.before() instanceof Before.At(var commit)) {
                    json.put("before", commit.hex());
                }
                put(json, push.skip());
            }
            case PullRequestUpdated update -> put(json, update);
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
                            defaultBranch(json),
                            skip(json));
                case "pullRequest" -> pullRequest(json, repository, ref);
                case "deleted" -> new RefDeleted(repository, ref, new CommitId(text(json, "before")));
                default -> throw new IllegalArgumentException("no event of Sledge's: kind is unknown");
            };
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no event of Sledge's: " + e.getOriginalMessage(), e);
        }
    }

    private static void put(ObjectNode json, PullRequestUpdated update) {
        json.put("kind", "pullRequest").put("head", update.head().hex());
        json.put("base", update.base().branch().name());
        if (update.base().tip() instanceof Base.Tip.At(var commit)) {
            json.put("before", commit.hex());
        }
        json.put("origin", update.origin().name()).put("draft", update.draft());
        put(json, update.defaultBranch());
    }

    private static PullRequestUpdated pullRequest(JsonNode json, Repository repository, GitRef ref) {
        if (!(ref instanceof GitRef.PullRequest request)) {
            throw new IllegalArgumentException("no event of Sledge's: a pull request with the ref of a branch");
        }
        Base.Tip tip =
                json.has("before") ? new Base.Tip.At(new CommitName(text(json, "before"))) : new Base.Tip.Untold();
        return new PullRequestUpdated(
                repository,
                request,
                new CommitName(text(json, "head")),
                new Base(new GitRef.Branch(text(json, "base")), tip),
                Origin.valueOf(text(json, "origin")),
                json.path("draft").asBoolean(),
                defaultBranch(json));
    }

    private static void put(ObjectNode json, DefaultBranch defaultBranch) {
        if (defaultBranch instanceof DefaultBranch.Named(var branch)) {
            json.put("defaultBranch", branch.name());
        }
    }

    private static DefaultBranch defaultBranch(JsonNode json) {
        return json.has("defaultBranch")
                ? new DefaultBranch.Named(new GitRef.Branch(text(json, "defaultBranch")))
                : new DefaultBranch.Untold();
    }

    private static void put(ObjectNode json, SkipMark skip) {
        switch (skip) {
            case SkipMark.Asked(var marker) -> json.put("skip", marker);
            case SkipMark.Untold() -> json.putNull("skip");
            case SkipMark.None() -> {}
        }
    }

    private static SkipMark skip(JsonNode json) {
        if (!json.has("skip")) {
            return new SkipMark.None();
        }
        return json.hasNonNull("skip") ? new SkipMark.Asked(text(json, "skip")) : new SkipMark.Untold();
    }

    private static Before before(JsonNode json) {
        return json.has("before") ? new Before.At(new CommitId(text(json, "before"))) : new Before.Nothing();
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText();
    }
}
