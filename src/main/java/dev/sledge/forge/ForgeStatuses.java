package dev.sledge.forge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatuses;
import dev.sledge.build.StatusNotToldException;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;
import java.util.Optional;

/** Statuses at one forge: where they are posted and in what form is the only thing that forges differ in. */
final class ForgeStatuses implements CommitStatuses {
    private final ForgeHttp http;
    private final Form form;

    ForgeStatuses(ForgeHttp http) {
        this.http = http;
        this.form = switch (http.site().forge()) {
            case GITHUB -> new GitHubStatusForm();
            case GITEA -> new GiteaStatusForm();
            case GITLAB -> new GitLabStatusForm();
            case BITBUCKET -> new BitbucketStatusForm();
            case BITBUCKET_DC -> new BitbucketDataCenterStatusForm();
        };
    }

    /** How one forge takes a status. */
    interface Form {
        /** Below the API's root, encoded. */
        String path(Repository repository, CommitId commit);

        /**
         * Writes a status as the forge takes it.
         *
         * @param page the repository's own, for a forge that takes no status without a link
         */
        void fill(ObjectNode json, GitRef ref, CommitStatus status, URI page);

        /** Whether an answer that refuses means that the forge has this status already. */
        default boolean isThere(ForgeAnswer answer) {
            return false;
        }

        /** What the token needs, in the forge's own words. */
        String permission();
    }

    @Override
    public void tell(Repository repository, GitRef ref, CommitId commit, CommitStatus status) {
        var json = new JsonMapper().createObjectNode();
        form.fill(json, ref, status, http.site().page(repository));
        var answer = post(form.path(repository, commit), json);
        if (!answer.isOk() && !form.isThere(answer)) {
            var advice = answer.status() == 401 || answer.status() == 403 || answer.status() == 404
                    ? "; the token needs " + form.permission()
                    : "";
            var failure = answer.failure(advice);
            throw new StatusNotToldException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private ForgeAnswer post(String path, ObjectNode json) {
        try {
            return http.send("POST", path, json);
        } catch (ForgeException e) {
            throw new StatusNotToldException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The branch or tag of a status; a pull request has none that a status can carry. */
    static Optional<String> refName(GitRef ref) {
        return switch (ref) {
            case GitRef.Branch(var name) -> Optional.of(name);
            case GitRef.Tag(var name) -> Optional.of(name);
            case GitRef.PullRequest request -> Optional.empty();
        };
    }
}
