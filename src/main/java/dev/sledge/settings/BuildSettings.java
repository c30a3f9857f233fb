package dev.sledge.settings;

import dev.sledge.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a repository wants built, one image at least.
 *
 * @param on which refs are built
 * @param cache the kind of layer cache for all of its images
 * @param mounts what becomes of the contents of cache mounts
 */
public record BuildSettings(List<Image> images, Triggers on, CacheChoice cache, MountChoice mounts) {
    /** The settings of a repository that has no {@code sledge.yml}: one image from {@code Dockerfile}. */
    public static final BuildSettings DEFAULT = new BuildSettings(
            List.of(new Image(Name.OF_REPOSITORY, "Dockerfile", ".", Target.LAST_STAGE, Map.of())),
            Triggers.DEFAULT,
            CacheChoice.AUTO,
            MountChoice.DROP);

    public BuildSettings {
        images = List.copyOf(images);
        if (images.isEmpty()) {
            throw new IllegalArgumentException("settings without an image to build");
        }
    }

    /**
     * One image of a repository.
     *
     * @param dockerfile path from the repository's root
     * @param context directory from the repository's root that COPY reads, {@code .} for the root itself
     * @param args build arguments by name; never secrets
     */
    public record Image(Name name, String dockerfile, String context, Target target, Map<String, String> args) {
        private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        public Image {
            requireDockerfile(dockerfile);
            requireContext(context);
            args = Collections.unmodifiableMap(new TreeMap<>(args));
            args.forEach(Image::requireArgument);
        }

        static String requireDockerfile(String path) {
            requireInside(path, "dockerfile");
            return path;
        }

        static String requireContext(String path) {
            if (!path.equals(".")) {
                requireInside(path, "context");
            }
            return path;
        }

        static void requireArgument(String name, String value) {
            if (!VARIABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("build argument " + Problem.quote(name) + " is no variable's name");
            }
            if (value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("build argument " + name + " holds a NUL, which no variable can");
            }
        }

        private static void requireInside(String path, String what) {
            var bad = path.isEmpty() || path.startsWith("/") || path.chars().anyMatch(c -> c < ' ' || c == 0x7f);
            for (var component : path.split("/", -1)) {
                bad |= component.equals("..") || component.equals(".") || component.isEmpty();
            }
            if (bad) {
                throw new IllegalArgumentException(
                        what + " must be a path inside the repository, without leading '/', '.' or '..'");
            }
        }
    }

    /** The image's name in the registry. */
    public sealed interface Name {
        Name OF_REPOSITORY = new OfRepository();

        /** The repository's own name. */
        record OfRepository() implements Name {}

        /** A name below the repository's, so that several images of one repository do not meet. */
        record Given(String component) implements Name {
            private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*");

            public Given {
                if (component.length() > 100 || !COMPONENT.matcher(component).matches()) {
                    throw new IllegalArgumentException(
                            "name must be 1 to 100 lower-case letters and digits, with single '.', '_' or '-' inside");
                }
            }
        }
    }

    /** Which stage becomes the image. */
    public sealed interface Target {
        Target LAST_STAGE = new LastStage();

        record LastStage() implements Target {}

        /** A stage by its name in the Dockerfile, in any case. */
        record Stage(String name) implements Target {
            public Stage {
                if (name.isBlank()) {
                    throw new IllegalArgumentException("target is empty; name a stage or leave it out");
                }
            }
        }
    }

    /** The {@code cache} key of {@code sledge.yml}. */
    public enum CacheChoice {
        AUTO,
        FROZEN,
        REGISTRY,
        INLINE,
        CLASSIC,
        TARBALL,
        LAYOUT,
        HOST,
        NONE
    }

    /** What becomes of what {@code RUN --mount=type=cache} leaves. */
    public enum MountChoice {
        /** It goes with the machine: no cache of layers has it. */
        DROP,
        /** It is stored after a build, and there again in the next. */
        KEEP
    }
}
