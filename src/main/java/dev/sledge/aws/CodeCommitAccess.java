package dev.sledge.aws;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.event.Repository;
import dev.sledge.plan.Trust;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codecommit.CodeCommitClient;

/**
 * Lets the builds of a repository of CodeCommit fetch it, and nothing else: the role of builds may pull what is tagged with the ARN of
 * their project.
 *
 * @see <a href="https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-tag-repository.html">tags of repositories</a>
 */
public final class CodeCommitAccess {
    /**
     * By the build's own role.
     *
     * @see <a href="https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-https-unixes.html">credential helper</a>
     */
    private static final Map<String, String> CREDENTIAL_HELPER = Map.of(
            "GIT_CONFIG_COUNT", "2",
            "GIT_CONFIG_KEY_0", "credential.helper",
            "GIT_CONFIG_VALUE_0", "!aws codecommit credential-helper $@",
            "GIT_CONFIG_KEY_1", "credential.useHttpPath",
            "GIT_CONFIG_VALUE_1", "true");

    private final CodeCommitClient client;

    public CodeCommitAccess(CodeCommitClient client) {
        this.client = client;
    }

    /**
     * How builds of a repository fetch it. Its tag is set where it is not yet.
     *
     * @throws BuildNotStartedException if CodeCommit refuses or does not answer
     */
    public GitAccess access(Repository repository, Trust trust, ProjectArns projects) {
        return switch (trust) {
            // CodeCommit has no forks, and what it has not may not fetch.
            case FORK -> GitAccess.ANONYMOUS;
            case TRUSTED -> {
                tag(arn(repository, projects), projects.trusted());
                yield new GitAccess(CREDENTIAL_HELPER, Map.of());
            }
        };
    }

    private void tag(String arn, String project) {
        try {
            var tags = client.listTagsForResource(list -> list.resourceArn(arn)).tags();
            if (!project.equals(tags.get(EcrRepositories.PROJECT))) {
                client.tagResource(tag -> tag.resourceArn(arn).tags(Map.of(EcrRepositories.PROJECT, project)));
            }
        } catch (SdkException e) {
            throw new BuildNotStartedException(
                    "CodeCommit does not let builds fetch " + arn + "; check that codecommit:ListTagsForResource and"
                            + " codecommit:TagResource are allowed: " + e.getMessage(),
                    e);
        }
    }

    /** {@code arn:aws:codecommit:<region>:<account>:<name>}, where the projects are. */
    private static String arn(Repository repository, ProjectArns projects) {
        var parts = projects.trusted().split(":", 6);
        return String.join(":", parts[0], parts[1], "codecommit", parts[3], parts[4], repository.fullName());
    }
}
