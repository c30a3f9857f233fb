package dev.sledge.plan;

import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import dev.sledge.settings.BuildSettings;

/**
 * Where images and caches go in a registry.
 *
 * @param registry {@code host[:port]}, as the registry's service names itself
 * @param prefix first component of every repository that Sledge makes, lower-case letters and digits
 */
public record Destination(String registry, String prefix) {
    ImageName image(Repository repository, BuildSettings.Name name) {
        return new ImageName(registry, prefix + "/" + path(repository, name));
    }

    /** Caches have repositories of their own, with tags that move and a lifecycle of their own. */
    ImageName cache(Repository repository, BuildSettings.Name name) {
        return new ImageName(registry, prefix + "-cache/" + path(repository, name));
    }

    private static String path(Repository repository, BuildSettings.Name name) {
        var path = ImageName.pathOf(repository.host(), repository.fullName());
        return switch (name) {
            case BuildSettings.Name.OfRepository() -> path;
            case BuildSettings.Name.Given(var component) -> path + "/" + component;
        };
    }

    /** The tag that follows a ref. */
    public static ImageTag tagOf(GitRef ref) {
        return switch (ref) {
            case GitRef.Branch(var name) -> ImageTag.ofBranch(name);
            case GitRef.Tag(var name) -> ImageTag.ofGitTag(name);
            case GitRef.PullRequest(var number, var naming) -> ImageTag.ofPullRequest(number);
        };
    }
}
