package dev.sledge.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Texts through a YAML library and back. */
class YamlWriterTest {
    private static Object read(YamlWriter yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml.toString());
    }

    private static void readsBack(List<String> values) {
        assertThat(read(new YamlWriter().key(0, "phases").key(1, "commands").items(2, values)))
                .isEqualTo(Map.of("phases", Map.of("commands", values)));
        assertThat(read(new YamlWriter().entry(0, "value", values.getFirst())))
                .isEqualTo(Map.of("value", values.getFirst()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  a",
                "a  ",
                "a\t",
                "\ta",
                "a: b",
                "a:",
                "a :b",
                "a #b",
                "#a",
                "- a",
                "-",
                "---",
                "...",
                "? a",
                "| a",
                "|",
                ">",
                "|-",
                "'a'",
                "\"a\"",
                "it's",
                "\\",
                "a\\nb",
                "true",
                "Yes",
                "null",
                "~",
                "NO",
                "0",
                "0.2",
                "1e3",
                ".5",
                ".inf",
                ".NaN",
                "0x1f",
                "2026-01-01",
                "=",
                "<<",
                "&a",
                "*a",
                "!a",
                "%a",
                "@a",
                "`a`",
                "[a]",
                "{a: b}",
                "a, b",
                "é",
                "日本",
                "🚀",
                "a\nb",
                "a\n\nb",
                "a\n  b\n c",
                "\na",
                "a\n",
                "a\n\n",
                "\n",
                " a\nb",
                "a\n ",
                "a\n \nb",
                "a \nb ",
                "\ta\nb",
                "a\n\tb",
                "a\r\nb",
                "a\rb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b\nc",
                "\ufeffa",
                "a\ufeffb\nc",
                "\u0001",
                "a\u007fb",
                "\u001b[31m",
                "a: |\n  b",
                "a\n# b",
                "a\n---\nb",
                "a\n...\nb"
            })
    void aYamlReaderFindsTheVeryText(String text) {
        readsBack(List.of(text));
    }

    @Test
    void aYamlReaderFindsAnyText() {
        Property.holds(5_000, YamlWriterTest::texts, YamlWriterTest::readsBack);
    }

    private static List<String> texts(Random random) {
        var texts = new ArrayList<String>();
        do {
            texts.add(Property.text(
                    random, 10, "a", "b", " ", "  ", "\t", "\n", "\n\n", ":", ": ", "#", " #", "'", "\"", "- ", "|",
                    ">", "\\", "é", "日", "🚀", "\r", "\u0085", "\u2028", "\ufeff", "\u0007", "true", "0", "...", "---",
                    "{", "}", "[", ",", "&", "*", "!", "%", "@", "`"));
        } while (random.nextInt(3) > 0);
        return texts;
    }

    @Test
    void commandsStayReadable() {
        assertThat(new YamlWriter().items(0, List.of("umask 022", "git fetch \"$A\"", "one \\\n  two", "a: b")))
                .hasToString("- umask 022\n- git fetch \"$A\"\n- |-\n  one \\\n    two\n- 'a: b'\n");
    }
}
