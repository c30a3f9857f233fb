package dev.sledge.plan;

import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.image.Platform;
import dev.sledge.problem.Problem;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.SettingsReading;
import dev.sledge.source.SourceFile;
import java.util.List;
import java.util.function.Function;

/** The files of one commit that say what is to be built, read: {@code sledge.yml}, and the Dockerfiles that it names. */
public sealed interface BuildFiles {
    /** Where a repository's settings lie, relative to its root. */
    String SETTINGS = "sledge.yml";

    /** The settings cannot be read, so nothing is known of any image. */
    record Unreadable(List<Problem> problems) implements BuildFiles {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The settings, and what became of each of their images.
     *
     * @param images in the order of the settings
     */
    record Read(BuildSettings settings, List<ImageFile> images) implements BuildFiles {
        public Read {
            images = List.copyOf(images);
        }
    }

    /** The Dockerfile of one image. */
    sealed interface ImageFile {
        /** What a build does not stop for. */
        List<Problem> warnings();

        /** It can be built. */
        record Charted(Image image, Dockerfile dockerfile, StageGraph graph, List<Problem> warnings)
                implements ImageFile {
            public Charted {
                warnings = List.copyOf(warnings);
            }
        }

        /** It is not there, or cannot be built. */
        record Faulty(List<Problem> problems, List<Problem> warnings) implements ImageFile {
            public Faulty {
                problems = List.copyOf(problems);
                warnings = List.copyOf(warnings);
            }
        }
    }

    /**
     * Reads them.
     *
     * @param files a file of the commit by its path from the root
     * @param platform that builds run on and images are for
     */
    static BuildFiles read(Function<String, SourceFile> files, Platform platform) {
        return new BuildFilesReader(files, platform).read();
    }

    /** Reads the settings alone. */
    static SettingsReading settings(Function<String, SourceFile> files) {
        return BuildFilesReader.settings(files);
    }
}
