package dev.sledge.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.CommitStatus;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;

/**
 * A status at GitLab, which belongs to a ref: without one GitLab takes the first that it finds. Setting a state that is there already is
 * refused as a transition that is none.
 *
 * @see <a href="https://docs.gitlab.com/api/commits/#set-commit-pipeline-status">commit status</a>
 */
final class GitLabStatusForm implements ForgeStatuses.Form {
    @Override
    public String path(Repository repository, CommitId commit) {
        return "/projects/" + PathText.whole(repository.fullName()) + "/statuses/" + commit;
    }

    @Override
    public void fill(ObjectNode json, GitRef ref, CommitStatus status, URI page) {
        json.put(
                "state",
                switch (status.state()) {
                    case QUEUED -> "pending";
                    case RUNNING -> "running";
                    case PASSED -> "success";
                    case FAILED, ERROR -> "failed";
                    case CANCELLED -> "canceled";
                });
        ForgeStatuses.refName(ref).ifPresent(name -> json.put("ref", name));
        json.put("name", StatusText.cut(status.context(), 255));
        status.target().ifPresent(target -> json.put("target_url", target.toString()));
        json.put("description", StatusText.cut(status.description(), 255));
    }

    @Override
    public boolean isThere(ForgeAnswer answer) {
        return answer.status() == 400
                && answer.json().path("message").toString().contains("Cannot transition status");
    }

    @Override
    public String permission() {
        return "api, and the role Developer";
    }
}
