package dev.sledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Cases that are directories: what goes in, and what comes out of it.
 *
 * <p>A new case is a new directory; {@code -Dgolden.update} writes what comes out, to be read in review. CI never sets it.
 */
public final class Golden {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Golden() {}

    /** The directories below {@code src/test/resources/<kind>}, by name. */
    public static List<Path> cases(String kind) {
        try (var directories = Files.list(RESOURCES.resolve(kind))) {
            return directories.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds {@code actual} against the file, byte for byte. */
    public static void check(Path file, String actual) {
        if (Boolean.getBoolean("golden.update")) {
            try {
                Files.writeString(file, actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(actual).as("%s", file).isEqualTo(read(file));
    }
}
