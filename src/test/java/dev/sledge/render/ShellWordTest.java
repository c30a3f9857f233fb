package dev.sledge.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.Property;
import dev.sledge.Shell;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words through a real shell and back. */
class ShellWordTest {
    /** Behind {@code --}, since {@code printf}'s format is all that may look like an option. */
    private static String through(String shell, ShellWord word) {
        var script = "printf %s " + word;
        // Some words are not UTF-8 on the command line of every locale: the script goes in by stdin.
        var ran = Shell.run(List.of(shell), script);
        assertThat(ran.status()).as("%s", script).isZero();
        return ran.output();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "main", "a b", "it's", "'", "''", "\"", "$(id)", "`id`", "$HOME", "${HOME}", "a\nb", "\n", "\\",
                "\\n", "a\\", "-x", "--", "-", "*", "?", "[a]", "~", "~root", "#x", "a;b", "a&b", "a|b", ">x", "<x",
                "!x", "{a,b}", "(", ")", "a=b", "\t", " ", "é", "日本", "🚀", "\u0001", "%s", "if", "a\rb"
            })
    void aShellReadsTheVeryText(String raw) {
        assertThat(through("sh", new ShellWord(raw))).isEqualTo(raw);
        assertThat(through("bash", new ShellWord(raw))).isEqualTo(raw);
    }

    @Test
    void aShellReadsAnyText() {
        Property.holds(
                300,
                ShellWordTest::text,
                raw -> assertThat(through("sh", new ShellWord(raw))).isEqualTo(raw));
    }

    private static String text(Random random) {
        return Property.text(
                random, 12, "a", " ", "'", "\"", "\\", "$", "(", ")", "`", "\n", "-", "*", "é", "🚀", "#", "{", ",",
                "}", "~", "=", "\t");
    }

    @Test
    void whatNeedsNoQuotesHasNone() {
        assertThat(new ShellWord("refs/heads/release-1.0_rc+2")).hasToString("refs/heads/release-1.0_rc+2");
    }

    @Test
    void noShellWordHoldsANul() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShellWord("a\0b"));
    }
}
