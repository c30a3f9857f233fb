package dev.sledge.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dockerfiles in the shapes in which people write them, each in a directory with all that is found in it.
 *
 * <p>A case is named for its rule; with {@code -quiet-} after it, the rule must find nothing there. A new case is a new
 * directory; {@code -Dgolden.update} writes {@code findings.txt} for it, to be read in review.
 */
class AdviceGoldenTest {
    private static final Path CASES = Path.of("src/test/resources/advice");

    static List<Path> cases() throws IOException {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsWhatTheGoldenSays(Path directory) throws IOException {
        var findings = AdviceCase.findings(AdviceCase.read(directory));

        var name = directory.getFileName().toString();
        var rule = name.substring(0, 4).toUpperCase(Locale.ROOT);
        assertThat(findings.stream().anyMatch(finding -> finding.rule().equals(rule)))
                .as("%s is found", rule)
                .isEqualTo(!name.contains("-quiet-"));
        var actual = findings.stream().map(AdviceGoldenTest::describe).collect(Collectors.joining("\n"));
        var golden = directory.resolve("findings.txt");
        if (Boolean.getBoolean("golden.update")) Files.writeString(golden, actual);
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    private static String describe(Finding finding) {
        return "%s %s %s:%d-%d%n%s%n%s"
                .formatted(
                        finding.rule(),
                        finding.severity().word(),
                        finding.file(),
                        finding.lines().first(),
                        finding.lines().last(),
                        finding.message().indent(2).stripTrailing(),
                        finding.fix().indent(4));
    }

    @Test
    void everyRuleIsShownFindingSomethingAndKeepingQuiet() throws IOException {
        var names = cases().stream().map(path -> path.getFileName().toString()).toList();
        for (var rule : Rules.all()) {
            var prefix = rule.id().toLowerCase(Locale.ROOT) + "-";
            assertThat(names).as(rule.id()).anyMatch(name -> name.startsWith(prefix) && !name.contains("-quiet-"));
            assertThat(names).as(rule.id()).anyMatch(name -> name.startsWith(prefix + "quiet-"));
        }
    }
}
