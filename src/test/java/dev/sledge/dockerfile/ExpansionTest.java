package dev.sledge.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    private static final Map<String, String> VARIABLES =
            Map.of("V", "3.22", "EMPTY", "", "PATHS", "reg.io/team/app.tar.gz", "STAR", "a*b*c", "N", "V");

    private static final Path BASH = Path.of("/bin/bash");

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            alpine,                      alpine
            alpine:$V,                   alpine:3.22
            alpine:${V},                 alpine:3.22
            alpine:$V-slim,              alpine:3.22-slim
            x$NONE.y,                    x.y
            x${NONE}y,                   xy
            ${NONE:-d},                  d
            ${NONE-d},                   d
            ${EMPTY:-d},                 d
            x${EMPTY-d},                 x
            ${V:-d},                     3.22
            ${V:+set},                   set
            ${V+set},                    set
            x${EMPTY:+set},              x
            ${EMPTY+set},                set
            x${NONE+set},                x
            ${V:?needed},                3.22
            x${EMPTY?needed},            x
            ${NONE:-${V:-d}},            3.22
            ${NONE:-${NONE:-${NONE:-d}}},d
            ${NONE:-$V-$V},              3.22-3.22
            ${PATHS#*/},                 team/app.tar.gz
            ${PATHS##*/},                app.tar.gz
            ${PATHS%.*},                 reg.io/team/app.tar
            ${PATHS%%.*},                reg
            ${PATHS%%/*},                reg.io
            ${PATHS#reg.io},             /team/app.tar.gz
            ${PATHS#nothing},            reg.io/team/app.tar.gz
            ${PATHS#???},                .io/team/app.tar.gz
            ${PATHS#*},                  reg.io/team/app.tar.gz
            x${PATHS##*},                x
            ${STAR#a\\*},                b*c
            ${STAR%\\**},                a*b
            ${STAR%%\\**},               a
            ${PATHS/team/crew},          reg.io/crew/app.tar.gz
            ${PATHS//a/A},               reg.io/teAm/App.tAr.gz
            ${PATHS//./-},               reg-io/team/app-tar-gz
            ${PATHS/\\//_},              reg.io_team/app.tar.gz
            ${PATHS/r*a/X},              Xr.gz
            'single $V',                 single $V
            "double $V",                 double 3.22
            "a \\"b\\" \\$V",            a "b" $V
            "it's",                      it's
            a\\$V,                       a$V
            a\\ b,                       a b
            """)
    void expandsAsBashDoes(String word, String expected) {
        assertThat(Expansion.of(word, '\\', VARIABLES, new Effort())).isEqualTo(new Expansion.Expanded(expected));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(quoteCharacter = '~', textBlock = """
            a`$V,                a$V
            C:\\\\dir\\\\$V,     C:\\\\dir\\\\3.22
            "a`"b",              a"b
            """)
    void escapesWithTheBacktickIfTheFileSaysSo(String word, String expected) {
        assertThat(Expansion.of(word, '`', VARIABLES, new Effort())).isEqualTo(new Expansion.Expanded(expected));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(quoteCharacter = '~', textBlock = """
            ${V,                 syntax error: missing '}'
            ${,                  syntax error: missing '}'
            ${},                 syntax error: bad substitution
            ${:-x},              syntax error: bad substitution
            ${{V}},              syntax error: bad substitution
            ${V:-x,              syntax error: missing '}'
            ${V/x},              syntax error: missing '/' in ${}
            ${V/x/y,             syntax error: missing '}'
            ${V^^},              unsupported modifier (^) in substitution
            ${V:1},              unsupported modifier (:1) in substitution
            ${V=x},              unsupported modifier (=) in substitution
            ${NONE:?},           NONE: is not allowed to be unset
            ${EMPTY:?},          EMPTY: is not allowed to be empty
            ${NONE?say which},   NONE: say which
            ${V#\\x},               the pattern '\\x' has an invalid escape
            'open,               a single quote is not closed
            "open,               a double quote is not closed
            """)
    void saysWhyItCannotExpand(String word, String why) {
        assertThat(Expansion.of(word, '\\', VARIABLES, new Effort())).isEqualTo(new Expansion.Failed(why));
    }

    @Test
    void theTableHoldsForBashItself() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH), "SKIPPED: no " + BASH + " to compare the table with");
        var table = ExpansionTest.class.getDeclaredMethods();
        for (var method : table) {
            if (!method.getName().equals("expandsAsBashDoes")) continue;
            for (var row : method.getAnnotation(CsvSource.class)
                    .textBlock()
                    .strip()
                    .lines()
                    .toList()) {
                int comma = row.indexOf(",");
                var word = row.substring(0, comma);
                assertThat(bash(word))
                        .as(word)
                        .isEqualTo(row.substring(comma + 1).strip());
            }
        }
    }

    @Test
    void endsVariablesThatDoubleAndDouble() {
        var variables = new TreeMap<>(Map.of("A", "x".repeat(50_000)));
        assertThat(Expansion.of("$A$A", '\\', variables, new Effort()))
                .isEqualTo(new Expansion.Failed("the variables expand to more than 65536 characters"));
    }

    private static String bash(String word) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(BASH.toString(), "-c", "printf %s " + (word.contains(" ") ? word : "\"\"" + word));
        process.environment().putAll(VARIABLES);
        process.environment().remove("NONE");
        var started = process.redirectErrorStream(true).start();
        var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(output).isZero();
        return output;
    }
}
