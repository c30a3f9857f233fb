package dev.sledge.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an ignore file leaves out; lines of a file are parted by {@code @}. */
class IgnoreFileTest {
    /** The examples of Docker's documentation, and what it says of them. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            LINES                              | LEFT OUT                    | SENT
            # comment@*/temp*@*/*/temp*@temp?  | a/temporary.txt             | temporary.txt
            # comment@*/temp*@*/*/temp*@temp?  | a/temp                      | # comment
            # comment@*/temp*@*/*/temp*@temp?  | a/b/temporary.txt           | a/b/c/temporary.txt
            # comment@*/temp*@*/*/temp*@temp?  | tempa                       | temp
            *.md@!README.md                    | CHANGES.md                  | README.md
            *.md@!README*.md@README-secret.md  | README-secret.md            | README-open.md
            *.md@README-secret.md@!README*.md  | CHANGES.md                  | README-secret.md
            **/*.go                            | a/b/c.go                    | a/b/c.gone
            **/*.go                            | c.go                        | go
            /foo/bar                           | foo/bar                     | a/foo/bar
            foo/bar                            | foo/bar/deep/file           | foo/baz
            """)
    void documentedExamples(String lines, String left, String sent) {
        assertThat(ignoring(lines).excludes(left)).isTrue();
        assertThat(ignoring(lines).excludes(sent)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', quoteCharacter = '"', textBlock = """
            WHY                                      | LINES                      | PATH              | EXCLUDED
            a directory goes with all below          | node_modules               | node_modules/a/b  | true
            only at the root                         | node_modules               | a/node_modules/b  | false
            at any depth                             | **/node_modules            | a/node_modules/b  | true
            blanks around count for nothing          | "  a  "                    | a                 | true
            a comment begins in the first column     | " # a"                     | "# a"             | true
            the last one decides                     | a@!a@a                     | a                 | true
            an exception below what is left out      | a@!a/b                     | a/b/c             | false
            everything but one directory             | *@!src                     | src/main/x        | false
            everything but one directory             | *@!src                     | README.md         | true
            an exception for the parent does not help | x/y@!x                    | x/y               | true
            dots are cleaned away                    | ./a/../b/                  | b                 | true
            above the root there is nothing          | ../a                       | a                 | false
            a slash and an exclamation mark          | *@/!a                      | a                 | false
            two stars in the middle                  | a/**/z                     | a/z               | true
            two stars in the middle                  | a/**/z                     | a/b/c/z           | true
            two stars at the end want something      | a/**                       | a                 | false
            a star stays within its directory        | a*z                        | a/z               | false
            a set may match the slash                | a[^b]z                     | a/z               | true
            an escaped star                          | a\\*                       | a*                | true
            an escaped star                          | a\\*                       | ab                | false
            a backslash and a letter are a set       | x\\d                       | x7                | true
            braces count                             | x{3}*                      | xxx               | true
            braces with names in them are themselves | *.{js,ts}                  | a.ts              | false
            a bar is an alternative                  | "a|b*"                     | xb                | true
            a dot is a dot                           | *.md                       | amd               | false
            beyond the basic plane                   | ?                          | 🚀                | true
            """)
    void matches(String why, String lines, String path, boolean excluded) {
        assertThat(ignoring(lines.replace("\\\\", "\\")).excludes(path)).as(why).isEqualTo(excluded);
    }

    static List<JsonNode> answers() throws IOException {
        var answers = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/ignore/answers.jsonl"))) {
            answers.add(new JsonMapper().readTree(line));
        }
        return answers;
    }

    /**
     * Generated files and trees with the answers of Docker's own code: moby/patternmatcher 0.6.1 under the walk of
     * tonistiigi/fsutil a72de9dcf763.
     */
    @ParameterizedTest
    @MethodSource("answers")
    void answersAsDockersOwnMatcherDoes(JsonNode answer) {
        var sent = strings(answer.path("sent"));
        var all = new TreeSet<>(strings(answer.path("left")));
        all.addAll(sent);
        switch (IgnoreFile.read(IgnoreFile.NAME, answer.path("ignore").asText().getBytes(UTF_8))) {
            case IgnoreReading.Read(var file, var warnings) -> {
                assertThat(answer.has("refused")).isFalse();
                assertThat(file.sent(all)).containsExactlyElementsOf(sent);
                assertThat(all.stream().filter(path -> !file.excludes(path))).containsExactlyElementsOf(sent);
            }
            // Docker does not look at an exception while nothing is left out, and so may miss its fault.
            case IgnoreReading.Unreadable(var problems) ->
                assertThat(answer.has("refused") || problems.toString().contains("!"))
                        .isTrue();
        }
    }

    private static List<String> strings(JsonNode array) {
        var strings = new TreeSet<String>();
        array.forEach(element -> strings.add(element.asText()));
        return List.copyOf(strings);
    }

    @Test
    void saysWhichLineDecides() {
        var file = ignoring("# build@target@*.log@!keep.log@");
        assertThat(file.verdict("target/a/b")).isEqualTo(new IgnoreVerdict.Excluded(2, "target"));
        assertThat(file.verdict("x.log")).isEqualTo(new IgnoreVerdict.Excluded(3, "*.log"));
        assertThat(file.verdict("keep.log")).isEqualTo(new IgnoreVerdict.SentAgain(4, "!keep.log"));
        assertThat(file.verdict("src/x")).isEqualTo(new IgnoreVerdict.Sent());
    }

    @Test
    void theFileOfOneDockerfileLiesBesideIt() {
        assertThat(IgnoreFile.nameFor("docker/web.Dockerfile")).isEqualTo("docker/web.Dockerfile.dockerignore");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstPattern() {
        assertThat(ignoring("\ufeffa@b").excludes("a")).isTrue();
        assertThat(ignoring("\ufeff# a@b").excludes("# a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a@[b", "a@b[]", "a@[a-]", "a@b\\", "a@!", "a@! /", "a@[z-a]", "a@\\p", "a@*{2}", "a@x{1001}*"})
    void refusesWhatIsNoPattern(String lines) {
        assertThat(problems(lines)).singleElement().satisfies(problem -> {
            assertThat(problem.where()).hasToString(".dockerignore:2");
            assertThat(problem.code()).isEqualTo(Problem.Code.BAD_IGNORE_PATTERN);
        });
    }

    @Test
    void tellsAllProblemsOfAFile() {
        assertThat(problems("[@ok@[z-a]"))
                .extracting(Problem::toString)
                .containsExactly(
                        ".dockerignore:1: '[' is no pattern: a '[' has no ']' [BAD_IGNORE_PATTERN];"
                                + " write brackets as '[ab]', and a backslash twice",
                        ".dockerignore:3: '[z-a]' is no pattern: a range in '[]' runs backwards [BAD_IGNORE_PATTERN];"
                                + " write brackets as '[ab]', and a backslash twice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bin\\Debug | has a backslash, which separates no directories
            .          | leaves nothing out
            ../other   | lies outside of the context
            """)
    void warnsOfLinesThatDoNotDoWhatTheySeemTo(String line, String warning) {
        assertThat(IgnoreFile.read(IgnoreFile.NAME, line.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        IgnoreReading.Read.class,
                        read -> assertThat(read.warnings())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.what()).contains(warning)));
    }

    static Stream<String> hostilePatterns() {
        return Stream.of(
                        "*a", "**/", "?", "[a]", "(", "{1000}", "a{1000}", "|", "\\b", "[", "[^a]*", "a*", "../", "!",
                        "*\\b")
                .flatMap(unit -> Stream.of("", "x*").map(start -> start + unit.repeat(4_000 / unit.length()) + "[z]"));
    }

    @ParameterizedTest
    @MethodSource("hostilePatterns")
    void hostilePatternsAreAnsweredSoon(String pattern) {
        var path = "a".repeat(255) + "/" + "a/".repeat(200) + "a";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            if (IgnoreFile.read(IgnoreFile.NAME, pattern.getBytes(UTF_8))
                    instanceof IgnoreReading.Read(var file, var no)) {
                assertThat(file.verdict(path)).isNotNull();
            }
        });
    }

    @Test
    void aLargeTreeIsSortedOutInSeconds() {
        var rules = String.join(
                "@",
                IntStream.range(0, 60).mapToObj(i -> "**/dir" + i + "/*.o" + i).toList());
        var paths = IntStream.range(0, 50_000)
                .mapToObj(
                        i -> "src/module" + i % 100 + "/main/java/org/example/part" + i % 1000 + "/File" + i + ".java")
                .toList();
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(ignoring(rules).sent(paths)).hasSize(50_000));
    }

    private static IgnoreFile ignoring(String lines) {
        return switch (IgnoreFile.read(IgnoreFile.NAME, lines.replace('@', '\n').getBytes(UTF_8))) {
            case IgnoreReading.Read(var file, var warnings) -> file;
            case IgnoreReading.Unreadable(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<Problem> problems(String lines) {
        return switch (IgnoreFile.read(IgnoreFile.NAME, lines.replace('@', '\n').getBytes(UTF_8))) {
            case IgnoreReading.Read(var file, var warnings) -> List.of();
            case IgnoreReading.Unreadable(var problems) -> problems;
        };
    }
}
