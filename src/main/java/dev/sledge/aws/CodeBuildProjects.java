package dev.sledge.aws;

import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Project;
import software.amazon.awssdk.services.codebuild.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.codebuild.model.ResourceNotFoundException;
import software.amazon.awssdk.services.codebuild.model.Tag;

/**
 * Projects, made when they are first used, and changed only when their settings did: the hash of the settings is a tag of the project.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html">CreateProject</a>
 */
final class CodeBuildProjects {
    private final CodeBuildClient codebuild;

    CodeBuildProjects(CodeBuildClient codebuild) {
        this.codebuild = codebuild;
    }

    /**
     * After this there is a project as {@code wanted} says, whoever else makes or changes it meanwhile.
     *
     * @return its ARN
     */
    String ensure(BuildProject wanted) {
        var found = codebuild.batchGetProjects(get -> get.names(wanted.name())).projects().stream()
                .findFirst();
        if (found.isEmpty()) {
            return create(wanted);
        }
        return isAs(wanted, found.get()) ? found.get().arn() : update(wanted);
    }

    /** For a project that is gone, whatever was seen before. */
    String create(BuildProject wanted) {
        try {
            return codebuild.createProject(wanted.create()).project().arn();
        } catch (ResourceAlreadyExistsException e) {
            // Somebody else was faster, perhaps with older settings.
            return codebuild.updateProject(wanted.update()).project().arn();
        }
    }

    private String update(BuildProject wanted) {
        try {
            return codebuild.updateProject(wanted.update()).project().arn();
        } catch (ResourceNotFoundException e) {
            return create(wanted);
        }
    }

    private static boolean isAs(BuildProject wanted, Project found) {
        return found.tags().stream()
                .filter(tag -> tag.key().equals(BuildProject.SETTINGS_TAG))
                .map(Tag::value)
                .anyMatch(wanted.settings()::equals);
    }
}
