package dev.sledge.webhook;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;

/**
 * What the forge is answered: 202 {@code {"accepted":[{"kind","repository","ref","before","commit"}]}}, with {@code "fork"} for a pull request, 200 {@code {"ignored":"why"}}, 401
 * {@code {"refused":"why"}} or 400 {@code {"malformed":"why"}}.
 *
 * @param body JSON
 */
public record Answer(int status, String body) {
    private static final JsonMapper JSON = new JsonMapper();

    public static Answer to(Received received) {
        var body = JSON.createObjectNode();
        return switch (received) {
            case Received.Verified(var delivery, var events) -> {
                var accepted = body.putArray("accepted");
                events.forEach(event -> describe(event, accepted.addObject()));
                yield new Answer(202, body.toString());
            }
            case Received.Ignored(var why) ->
                new Answer(200, body.put("ignored", why).toString());
            case Received.Refused(var why) ->
                new Answer(401, body.put("refused", why).toString());
            case Received.Malformed(var why) ->
                new Answer(400, body.put("malformed", why).toString());
        };
    }

    private static void describe(RepositoryEvent event, ObjectNode json) {
        json.put("kind", kind(event));
        json.put("repository", event.repository().fullName());
        json.put("ref", event.ref().full());
        switch (event) {
            case Pushed push -> {
                if (push.before() instanceof Before.At(var commit)) {
                    json.put("before", commit.hex());
                }
                json.put("commit", push.commit().hex());
            }
            case RefDeleted deleted -> json.put("before", deleted.before().hex());
            case PullRequestUpdated update -> {
                if (update.base().tip() instanceof Base.Tip.At(var commit)) {
                    json.put("before", commit.hex());
                }
                json.put("commit", update.head().hex());
                json.put("fork", update.origin() == Origin.FORK);
            }
        }
    }

    private static String kind(RepositoryEvent event) {
        var what = event.ref() instanceof GitRef.Branch ? "branch" : "tag";
        return switch (event) {
            case Pushed push -> "push_" + what;
            case RefDeleted deleted -> "delete_" + what;
            case PullRequestUpdated update -> "pull_request";
        };
    }
}
