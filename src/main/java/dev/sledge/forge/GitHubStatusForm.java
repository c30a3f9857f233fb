package dev.sledge.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.CommitStatus;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;

/**
 * A status at GitHub: 140 characters of description, more is answered 422.
 *
 * @see <a href="https://docs.github.com/en/rest/commits/statuses">commit statuses</a>
 */
final class GitHubStatusForm implements ForgeStatuses.Form {
    @Override
    public String path(Repository repository, CommitId commit) {
        return "/repos/" + PathText.of(repository.fullName()) + "/statuses/" + commit;
    }

    @Override
    public void fill(ObjectNode json, GitRef ref, CommitStatus status, URI page) {
        fill(json, status);
    }

    /** Gitea takes the same. */
    static void fill(ObjectNode json, CommitStatus status) {
        json.put(
                "state",
                switch (status.state()) {
                    case QUEUED, RUNNING -> "pending";
                    case PASSED -> "success";
                    case FAILED -> "failure";
                    case ERROR, CANCELLED -> "error";
                });
        status.target().ifPresent(target -> json.put("target_url", target.toString()));
        json.put("description", StatusText.cut(status.description(), 140));
        json.put("context", status.context());
    }

    @Override
    public String permission() {
        return "commit statuses: write";
    }
}
