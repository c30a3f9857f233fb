package dev.sledge;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Other people's files beside the checkout; {@code -Dsledge.corpus} names another place. */
public final class Corpus {
    private static final Path ROOT = Path.of(System.getProperty("sledge.corpus", "../shared/corpus"));

    private Corpus() {}

    /** A file or folder of the corpus. Without it the test is skipped, and says so where somebody looks. */
    public static Path path(String name) {
        var path = ROOT.resolve(name);
        if (!Files.exists(path)) {
            var missing = "SKIPPED, NOT PASSED: no " + path.toAbsolutePath().normalize()
                    + "; point -Dsledge.corpus at the folder that holds the corpus";
            // The console shows no reason for a skipped test; without this line nobody would notice.
            System.err.println(missing);
            assumeTrue(false, missing);
        }
        return path;
    }

    /** The lines of a table by their columns, without its first line. */
    public static Stream<List<String>> rows(String table) throws IOException {
        return Files.readAllLines(path(table)).stream().skip(1).map(line -> List.of(line.split("\t", -1)));
    }
}
