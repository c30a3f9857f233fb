package dev.sledge.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.CommitStatus;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;

/**
 * A build status at Bitbucket Cloud, by a key of 40 characters at most.
 *
 * @see <a href="https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/">commit statuses</a>
 */
final class BitbucketStatusForm implements ForgeStatuses.Form {
    @Override
    public String path(Repository repository, CommitId commit) {
        return "/repositories/" + PathText.of(repository.fullName()) + "/commit/" + commit + "/statuses/build";
    }

    @Override
    public void fill(ObjectNode json, GitRef ref, CommitStatus status, URI page) {
        json.put("key", StatusText.key(status.context()));
        json.put("name", StatusText.cut(status.context(), 255));
        json.put(
                "state",
                switch (status.state()) {
                    case QUEUED, RUNNING -> "INPROGRESS";
                    case PASSED -> "SUCCESSFUL";
                    case FAILED, ERROR -> "FAILED";
                    case CANCELLED -> "STOPPED";
                });
        json.put("url", status.target().orElse(page).toString());
        json.put("description", StatusText.cut(status.description(), 255));
        ForgeStatuses.refName(ref).ifPresent(name -> json.put("refname", name));
    }

    @Override
    public String permission() {
        return "repository:write";
    }
}
