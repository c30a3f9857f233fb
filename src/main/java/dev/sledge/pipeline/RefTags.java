package dev.sledge.pipeline;

import dev.sledge.build.Heads;
import dev.sledge.build.ImageRegistry;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.BuildPlan;

/** Lets the tag of a ref follow its newest commit, and no other: an older build that ends late never wins. */
final class RefTags {
    private final Heads heads;
    private final ImageRegistry registry;

    RefTags(Heads heads, ImageRegistry registry) {
        this.heads = heads;
        this.registry = registry;
    }

    /**
     * Moves the ref's tag to the image of the plan's commit, which is in the registry, if that is the newest commit of the ref.
     *
     * @return whether the tag names that image now
     */
    boolean follow(BuildPlan plan) {
        var source = plan.source();
        var output = plan.output();
        while (true) {
            var newest = heads.newest(source.repository(), source.ref());
            if (newest.isEmpty() || !newest.get().equals(source.commit())) {
                return false;
            }
            registry.tag(output.commitImage(), output.refTag());
            var since = heads.newest(source.repository(), source.ref());
            if (since.equals(newest)) {
                return true;
            }
            // A newer commit came between the question and the tag. If its image was there and had the tag already, it
            // gets it back.
            if (since.isPresent()) {
                var theirs = output.image().tagged(ImageTag.ofCommit(since.get().hex()));
                if (registry.find(theirs).isPresent()) {
                    registry.tag(theirs, output.refTag());
                }
            }
        }
    }
}
