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

    /** After this there is a project as {@code wanted} says, whoever else makes or changes it meanwhile. */
    void ensure(BuildProject wanted) {
        var found = codebuild.batchGetProjects(get -> get.names(wanted.name())).projects().stream()
                .findFirst();
        if (found.isEmpty()) {
            create(wanted);
        } else if (!isAs(wanted, found.get())) {
            update(wanted);
        }
    }

    /** For a project that is gone, whatever was seen before. */
    void create(BuildProject wanted) {
        try {
            codebuild.createProject(wanted.create());
        } catch (ResourceAlreadyExistsException e) {
            // Somebody else was faster, perhaps with older settings.
            codebuild.updateProject(wanted.update());
        }
    }

    private void update(BuildProject wanted) {
        try {
            codebuild.updateProject(wanted.update());
        } catch (ResourceNotFoundException e) {
            create(wanted);
        }
    }

    private static boolean isAs(BuildProject wanted, Project found) {
        return found.tags().stream()
                .filter(tag -> tag.key().equals(BuildProject.SETTINGS_TAG))
                .map(Tag::value)
                .anyMatch(wanted.settings()::equals);
    }
}
