package dev.sledge.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.CommitStatus;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;

/** A status at Gitea or Forgejo, which take what GitHub takes. */
final class GiteaStatusForm implements ForgeStatuses.Form {
    @Override
    public String path(Repository repository, CommitId commit) {
        return "/repos/" + PathText.of(repository.fullName()) + "/statuses/" + commit;
    }

    @Override
    public void fill(ObjectNode json, GitRef ref, CommitStatus status, URI page) {
        GitHubStatusForm.fill(json, status);
    }

    @Override
    public String permission() {
        return "write:repository";
    }
}
