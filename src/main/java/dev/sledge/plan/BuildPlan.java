package dev.sledge.plan;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import java.net.URI;
import java.util.List;

/**
 * All that is decided about building one image of one commit; whoever runs it decides nothing more, but where an engine keeps its state.
 *
 * @param stages those that are built, in the order of the Dockerfile
 * @param images what the stages take from outside, as FROM, COPY --from and mounts name it
 * @param decision why this cache
 * @param mounts whose contents are kept
 * @param experience what the builds before tell the machine that runs this one
 */
public record BuildPlan(
        Source source,
        Output output,
        Recipe recipe,
        List<PlannedStage> stages,
        List<PlannedImage> images,
        Cache cache,
        CacheDecision decision,
        CacheMounts mounts,
        Experience experience,
        BuildTimeout timeout) {
    public BuildPlan {
        stages = List.copyOf(stages);
        images = List.copyOf(images);
    }

    /** Whether the image is pushed and tagged. What a fork makes of the code is built to see whether it builds, and given to nobody. */
    public boolean pushes() {
        return switch (source.trust()) {
            case TRUSTED -> true;
            case FORK -> false;
        };
    }

    /**
     * What is fetched.
     *
     * @param remote where {@code git fetch} gets the commit; carries no credential
     * @param trust how far whoever wrote the commit is trusted
     */
    public record Source(Repository repository, GitRef ref, CommitId commit, URI remote, Trust trust) {}

    /**
     * What comes out, and is pushed unless the source is a fork's.
     *
     * @param commitTag immutable, the only tag that a build pushes
     * @param refTag moving; set after the build, if the commit is still the newest of its ref
     */
    public record Output(ImageName image, ImageTag commitTag, ImageTag refTag) {
        public ImageReference commitImage() {
            return image.tagged(commitTag);
        }

        public ImageReference refImage() {
            return image.tagged(refTag);
        }
    }
}
