package dev.sledge.plan;

import dev.sledge.image.ImageReference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The layer cache of one build: what is read, in order of preference, and what is written. */
public sealed interface Cache {
    /** All that is read, as the commands of the build name it. */
    default List<String> reads() {
        return switch (this) {
            case Registry(var from, var to) -> texts(from);
            case Layout(var from, var to) -> texts(from);
            case Inline(var stages) -> texts(stages, KeptStage::from);
            case Classic(var stages) -> texts(stages, KeptStage::from);
            case Tarball(var from, var to) -> from;
            case Frozen(var from, var to, var beneath) ->
                Stream.concat(from.stream(), beneath.reads().stream()).toList();
            case Host host -> List.of();
            case None none -> List.of();
        };
    }

    /** All that is written, as the commands of the build name it. */
    default List<String> writes() {
        return switch (this) {
            case Registry(var from, var to) -> texts(to);
            case Layout(var from, var to) -> texts(to);
            case Inline(var stages) -> texts(stages, KeptStage::to);
            case Classic(var stages) -> texts(stages, KeptStage::to);
            case Tarball(var from, var to) -> to;
            case Frozen(var from, var to, var beneath) ->
                Stream.concat(to.stream(), beneath.writes().stream()).toList();
            case Host host -> List.of();
            case None none -> List.of();
        };
    }

    /** The images that are written. */
    default List<ImageReference> images() {
        return switch (this) {
            case Registry(var from, var to) -> to;
            case Layout layout -> List.of();
            case Inline(var stages) -> written(stages);
            case Classic(var stages) -> written(stages);
            case Tarball tarball -> List.of();
            case Frozen(var from, var to, var beneath) -> beneath.images();
            case Host host -> List.of();
            case None none -> List.of();
        };
    }

    /** The files by which what is written is found, by their keys below the folder of the repository's caches. */
    default List<String> files() {
        return switch (this) {
            case Registry registry -> List.of();
            case Layout(var from, var to) ->
                to.stream()
                        .map(scope -> "layout/index/" + scope.name().path() + "/" + scope.tag() + ".json")
                        .toList();
            case Inline inline -> List.of();
            case Classic classic -> List.of();
            case Tarball(var from, var to) -> to;
            case Frozen(var from, var to, var beneath) ->
                Stream.concat(to.stream().map(scope -> "frozen/heads/" + scope + ".json"), beneath.files().stream())
                        .toList();
            case Host host -> List.of();
            case None none -> List.of();
        };
    }

    private static <T> List<T> written(List<KeptStage<T>> stages) {
        return stages.stream().flatMap(stage -> stage.to().stream()).toList();
    }

    private static List<String> texts(List<ImageReference> references) {
        return references.stream().map(ImageReference::toString).toList();
    }

    private static <T> List<String> texts(List<KeptStage<T>> stages, Function<KeptStage<T>, List<T>> which) {
        return stages.stream()
                .flatMap(stage -> which.apply(stage).stream())
                .map(Object::toString)
                .toList();
    }

    /** One that BuildKit reads and writes. */
    sealed interface OfBuildKit extends Cache {}

    /**
     * BuildKit's own cache in the registry, {@code mode=max}: every stage's layers under one reference.
     *
     * @param from read, the nearest scope first
     * @param to written after the build; empty where this ref may only read
     */
    record Registry(List<ImageReference> from, List<ImageReference> to) implements OfBuildKit {
        public Registry {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /**
     * BuildKit's cache, {@code mode=max}, as content-addressed blobs in S3. Inside the build {@code sledge-agent} serves it as a registry on the
     * loopback, so the references name that one.
     *
     * @param from read, the nearest scope first
     * @param to written after the build; empty where this ref may only read
     */
    record Layout(List<ImageReference> from, List<ImageReference> to) implements OfBuildKit {
        /** Where the agent serves it. */
        public static final int PORT = 5999;

        public Layout {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /**
     * An image for each stage, with BuildKit's record of its own layers in it: what any builder can write, also one with the classic store.
     *
     * @param stages in the order of the Dockerfile, the target last
     */
    record Inline(List<KeptStage<ImageReference>> stages) implements OfBuildKit {
        public Inline {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("one stage at least is kept");
            }
        }
    }

    /**
     * BuildKit's cache, {@code mode=max}, as one file in S3: a tar archive of an OCI image layout.
     *
     * @param from keys below the folder of the repository's caches, the first that exists is read
     * @param to written after the build; empty where this ref may only read
     */
    record Tarball(List<String> from, List<String> to) implements OfBuildKit {
        public Tarball {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /**
     * The engine's own state, which the next build's engine goes on with: {@code docs/frozen-format.md}.
     *
     * @param from scopes, the nearest first; the first that can be thawed is
     * @param to the scope that it is frozen as after the build; empty where this ref may only read
     * @param beneath read where nothing can be thawed, and written before the engine is stopped
     */
    record Frozen(List<String> from, List<String> to, OfBuildKit beneath) implements OfBuildKit {
        public Frozen {
            from = List.copyOf(from);
            to = List.copyOf(to);
            if (beneath instanceof Frozen || beneath instanceof Host) {
                throw new IllegalArgumentException("beneath a frozen engine is a cache that an empty machine can read");
            }
        }
    }

    /** What the machine still has from builds before: CodeBuild's local layer cache, an engine that is not given back. */
    record Host() implements OfBuildKit {}

    /**
     * The article's recipe: an image for each stage that is built, pulled before and named in {@code --cache-from}.
     *
     * @param stages in the order of the Dockerfile, the target last
     */
    record Classic(List<KeptStage<ImageReference>> stages) implements Cache {
        public Classic {
            stages = List.copyOf(stages);
            if (stages.isEmpty()) {
                throw new IllegalArgumentException("the classic recipe builds one stage at least");
            }
        }
    }

    /** No cache is read or written. */
    record None() implements OfBuildKit {}

    /**
     * One stage that is kept by itself.
     *
     * @param <T> what it is kept as
     * @param target its name, as {@code --target} takes it; empty for the last stage of the Dockerfile
     * @param from read, the first that exists
     * @param to written after the whole build; empty where this ref may only read
     */
    record KeptStage<T>(String target, List<T> from, List<T> to) {
        public KeptStage {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }
}
