package dev.sledge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sledge.Golden;
import dev.sledge.Property;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, each in a directory with the problems that they have, or with what is read of them. */
class SettingsReaderTest {
    static List<Path> cases() {
        return Golden.cases("settings");
    }

    private static SettingsReading read(String yaml) {
        return SettingsReader.read("sledge.yml", yaml);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsTheGoldenSettings(Path directory) {
        var reading = read(Golden.read(directory.resolve("sledge.yml")));
        switch (reading) {
            case SettingsReading.Read(var settings) -> Golden.check(directory.resolve("settings.txt"), text(settings));
            case SettingsReading.Unreadable(var problems) ->
                Golden.check(
                        directory.resolve("problems.txt"),
                        problems.stream().map(problem -> problem + "\n").collect(Collectors.joining()));
        }
    }

    /** A case is of one kind: a golden that is no longer compared would go unnoticed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aCaseHasProblemsOrSettings(Path directory) {
        assertThat(directory.resolve("problems.txt").toFile().exists())
                .isNotEqualTo(directory.resolve("settings.txt").toFile().exists());
    }

    private static String text(BuildSettings settings) {
        return settings.images().stream().map(image -> image + "\n").collect(Collectors.joining()) + "cache "
                + settings.cache() + "\n"
                + (settings.mounts() == BuildSettings.DEFAULT.mounts() ? "" : "mounts " + settings.mounts() + "\n")
                + (settings.on().equals(Triggers.DEFAULT) ? "" : "on " + settings.on() + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing\n", "---\n", "null\n", "~"})
    void aFileThatSaysNothingMeansTheDefaults(String yaml) {
        assertThat(read(yaml)).isEqualTo(new SettingsReading.Read(BuildSettings.DEFAULT));
    }

    @Test
    void bombsAreProblemsAndTakeNoTime() {
        for (var bomb : List.of(
                "[".repeat(200_000),
                "{".repeat(200_000),
                "- ".repeat(100_000),
                "a: ".repeat(100) + "b",
                "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
                "a: &a [*a]\n",
                "x".repeat(300_000),
                "args: " + "x, ".repeat(80_000),
                "\"" + "\\x41".repeat(60_000))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5), () -> assertThat(read(bomb)).isInstanceOf(SettingsReading.Unreadable.class));
        }
    }

    @Test
    void noTextIsAnException() {
        Property.holds(
                5_000,
                random -> Property.text(
                        random,
                        15,
                        "images",
                        "cache",
                        "args",
                        "name",
                        "dockerfile",
                        "context",
                        "target",
                        ":",
                        ": ",
                        "\n",
                        "\n  ",
                        "\n    ",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "&a ",
                        "*a",
                        "!x ",
                        "!!int ",
                        "'",
                        "\"",
                        "|\n",
                        "#",
                        "0",
                        "true",
                        "none",
                        "\0",
                        "\ufeff",
                        "\ud800",
                        "\t",
                        "? ",
                        "--- ",
                        "%",
                        "é",
                        "<<",
                        "~"),
                yaml -> assertThatNoException().isThrownBy(() -> read(yaml)));
    }
}
