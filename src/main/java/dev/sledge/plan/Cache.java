package dev.sledge.plan;

import dev.sledge.image.ImageReference;
import java.util.List;

/** The layer cache of one build: what is read, in order of preference, and what is written. */
public sealed interface Cache {
    /**
     * BuildKit's own cache in the registry, {@code mode=max}: every stage's layers under one reference.
     *
     * @param from read, the nearest scope first
     * @param to written after the build; empty where this ref may only read
     */
    record Registry(List<ImageReference> from, List<ImageReference> to) implements Cache {
        public Registry {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /**
     * The article's recipe: an image for each stage that is built, pulled before and named in {@code --cache-from}.
     *
     * @param stages in the order of the Dockerfile, the target last
     */
    record Classic(List<StageImage> stages) implements Cache {
        public Classic {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("the classic recipe builds one stage at least");
            }
        }
    }

    /** No cache is read or written. */
    record None() implements Cache {}

    /**
     * One stage kept as an image.
     *
     * @param target its name, as {@code --target} takes it; empty for the last stage of the Dockerfile
     * @param from pulled, the first that exists
     * @param to pushed after the whole build; empty where this ref may only read
     */
    record StageImage(String target, List<ImageReference> from, List<ImageReference> to) {
        public StageImage {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }
}
