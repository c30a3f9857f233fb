package dev.sledge.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.CommitStatus;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;

/**
 * A build status at Bitbucket Data Center 7.4 or newer.
 *
 * @see <a href="https://developer.atlassian.com/server/bitbucket/how-tos/updating-build-status-for-commits/">build status</a>
 */
final class BitbucketDataCenterStatusForm implements ForgeStatuses.Form {
    @Override
    public String path(Repository repository, CommitId commit) {
        return "/api/latest" + BitbucketDataCenterSources.root(repository) + "/commits/" + commit + "/builds";
    }

    @Override
    public void fill(ObjectNode json, GitRef ref, CommitStatus status, URI page) {
        json.put("key", StatusText.cut(status.context(), 255));
        json.put("name", StatusText.cut(status.context(), 255));
        json.put(
                "state",
                switch (status.state()) {
                    case QUEUED, RUNNING -> "INPROGRESS";
                    case PASSED -> "SUCCESSFUL";
                    case FAILED, ERROR -> "FAILED";
                    case CANCELLED -> "CANCELLED";
                });
        json.put("url", status.target().orElse(page).toString());
        json.put("description", StatusText.cut(status.description(), 255));
        switch (ref) {
            case GitRef.Branch branch -> json.put("ref", branch.full());
            case GitRef.Tag tag -> json.put("ref", tag.full());
            case GitRef.PullRequest request -> {}
        }
    }

    @Override
    public String permission() {
        return "read access to the repository";
    }
}
