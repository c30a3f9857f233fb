package dev.sledge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefPatternTest {
    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, main2, false",
        "main, amain, false",
        "main, Main, false",
        "release/*, release/1.0, true",
        "release/*, release/, true",
        "release/*, release/1/2, false",
        "release/**, release/1/2, true",
        "**, a/b/c, true",
        "*, a/b, false",
        "v*, v1.0.0, true",
        "v?, v1, true",
        "v?, v, false",
        "v?, v/, false",
        "*-x, a-x-x, true",
        "a**z, a/b/z, true",
        "v1.0, v1x0, false",
        "[a], a, false",
        "a.*, a.b, true"
    })
    void aPatternMeansTheWholeName(String pattern, String name, boolean matches) {
        assertThat(new RefPattern(pattern).matches(name)).isEqualTo(matches);
    }

    /** The globs of the JDK mean the same by these signs. */
    @Test
    void starsMeanWhatTheyMeanInTheGlobsOfTheJdk() {
        var parts = new String[] {"a", "b", "*", "**", "?", "/", "ab"};
        var names = new String[] {"a", "ab", "a/b", "b/a", "aab", "abb", "ab/ab", "b", "a/b/a"};
        for (var one : parts) {
            for (var two : parts) {
                for (var three : parts) {
                    var pattern = one + two + three;
                    // Three stars in a row are two and one; the JDK's own reading of them is not documented.
                    if (pattern.contains("***")) continue;
                    var glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                    for (var name : names) {
                        assertThat(new RefPattern(pattern).matches(name))
                                .as(pattern + " " + name)
                                .isEqualTo(glob.matches(Path.of(name)));
                    }
                }
            }
        }
    }

    @Test
    void noPatternTakesLong() {
        var pattern = new RefPattern("a*".repeat(120) + "b");
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(pattern.matches("a".repeat(1000))).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "refs/heads/main"})
    void whatNamesNothingIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RefPattern(text));
    }
}
