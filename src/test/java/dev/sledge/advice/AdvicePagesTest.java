package dev.sledge.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules' pages say what the rules say. */
class AdvicePagesTest {
    private static final Path PAGES = Path.of("docs/advice");
    private static final Pattern FRAGMENT = Pattern.compile("```dockerfile\n(.*?)```", Pattern.DOTALL);

    static List<Rule> rules() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasItsPageWithItsSentence(Rule rule) throws IOException {
        var paragraphs = List.of(Files.readString(Path.of(rule.page())).split("\n\n", -1));
        assertThat(paragraphs.getFirst()).startsWith("# " + rule.id() + ": ");
        assertThat(paragraphs.get(1)).isEqualTo(rule.sentence());
        assertThat(paragraphs).anyMatch(paragraph -> paragraph.startsWith("## Bad"));
        assertThat(paragraphs).anyMatch(paragraph -> paragraph.startsWith("## Good"));
        assertThat(paragraphs).anyMatch(paragraph -> paragraph.startsWith("## When to silence it"));
    }

    @Test
    void theIndexNamesEveryPageOnce() throws IOException {
        var rows = Files.readAllLines(PAGES.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| [DC"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(rules().stream()
                        .map(rule -> "| [%s](%s.md) | %s |".formatted(rule.id(), rule.id(), rule.sentence()))
                        .toList());
        try (Stream<Path> files = Files.list(PAGES)) {
            var pages = files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
            var expected =
                    rules().stream().map(rule -> rule.id() + ".md").collect(Collectors.toCollection(TreeSet::new));
            expected.add("README.md");
            assertThat(pages).isEqualTo(expected);
        }
    }

    /** Every fragment can be read as a Dockerfile, with a base image in front where it has none. */
    @ParameterizedTest
    @MethodSource("rules")
    void fragmentsAreDockerfiles(Rule rule) throws IOException {
        var fragments = FRAGMENT.matcher(Files.readString(Path.of(rule.page())));
        while (fragments.find()) {
            var text = fragments.group(1);
            AdviceCase.dockerfile(text.contains("FROM ") ? text : "FROM x\n" + text);
        }
    }

    @Test
    void idsAndSentencesAreTold() {
        assertThat(rules()).extracting(Rule::id).doesNotHaveDuplicates().isSorted();
        assertThat(rules()).extracting(Rule::sentence).allMatch(sentence -> sentence.endsWith("."));
    }
}
