package dev.sledge.pipeline;

import dev.sledge.build.Heads;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.ImageRegistry.Tagging;
import dev.sledge.event.GitRef;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Destination;

/** Lets the tag of a ref follow its newest commit, and no other: an older build that ends late never wins. */
final class RefTags {
    private final Heads heads;
    private final ImageRegistry registry;

    RefTags(Heads heads, ImageRegistry registry) {
        this.heads = heads;
        this.registry = registry;
    }

    /**
     * Moves a ref's tag to the image of the plan's commit, which is in the registry, if that is the newest commit of the ref.
     *
     * @param ref the plan's, or another one that came to the same commit
     *
     * @return whether the tag names that image now; it never will if it may not move, as the tag of a git tag that was moved
     */
    boolean follow(BuildPlan plan, GitRef ref) {
        var source = plan.source();
        var output = plan.output();
        var tag = Destination.tagOf(ref);
        while (true) {
            var newest = heads.newest(source.repository(), ref);
            if (newest.isEmpty() || !newest.get().equals(source.commit())) {
                return false;
            }
            if (registry.tag(output.commitImage(), tag) == Tagging.IMMUTABLE) {
                return false;
            }
            var since = heads.newest(source.repository(), ref);
            if (since.equals(newest)) {
                return true;
            }
            // A newer commit came between the question and the tag. If its image was there and had the tag already, it
            // gets it back.
            if (since.isPresent()) {
                var theirs = output.image().tagged(ImageTag.ofCommit(since.get().hex()));
                if (registry.find(theirs).isPresent()) {
                    registry.tag(theirs, tag);
                }
            }
        }
    }
}
