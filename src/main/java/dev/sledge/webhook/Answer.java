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
import java.util.Map;

/**
 * What the forge is answered: 202 {@code {"accepted":[{"kind","repository","ref","before","commit"}]}}, with {@code "fork"} for a pull request, 200 {@code {"ignored":"why"}}, 401
 * {@code {"refused":"why"}} or 400 {@code {"malformed":"why"}}.
 *
 * @param headers besides the content type, which is JSON's
 * @param body JSON
 */
public record Answer(int status, Map<String, String> headers, String body) {
    private static final JsonMapper JSON = new JsonMapper();

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Something that is no delivery, {@code {"error":"why"}}. */
    public static Answer error(int status, String why) {
        return of(status, JSON.createObjectNode().put("error", why));
    }

    /** Another method than POST. */
    public static Answer notAllowed() {
        return new Answer(
                405,
                Map.of("Allow", "POST"),
                error(405, "only POST is answered here").body());
    }

    private static Answer of(int status, ObjectNode body) {
        return new Answer(status, Map.of(), body.toString());
    }

    /** The answer for a log. Why a delivery is malformed can quote it, and what somebody sends does not belong there. */
    public String logged() {
        return status == 400 ? "400 malformed" : status + " " + body;
    }

    public static Answer to(Received received) {
        var body = JSON.createObjectNode();
        return switch (received) {
            case Received.Verified(var delivery, var events) -> {
                var accepted = body.putArray("accepted");
                events.forEach(event -> describe(event, accepted.addObject()));
                yield of(202, body);
            }
            case Received.Ignored(var why) -> of(200, body.put("ignored", why));
            case Received.Refused(var why) -> of(401, body.put("refused", why));
            case Received.Malformed(var why) -> of(400, body.put("malformed", why));
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
