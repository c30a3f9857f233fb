package dev.sledge.dockerfile;

import static dev.sledge.dockerfile.Reading.dockerfile;
import static dev.sledge.dockerfile.Reading.instruction;
import static dev.sledge.dockerfile.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directives, continuations, comments and heredocs. */
class LexerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # escape=`@FROM x                          | `
            #escape=`@FROM x                           | `
            #  ESCAPE = `  @FROM x                     | `
            # syntax=a@# escape=`@FROM x               | `
            # escape=\\\\@FROM x                       | \\
            # check=skip=all@# escape=`@FROM x         | `
            @# escape=`@FROM x                         | \\
            # a comment@# escape=`@FROM x              | \\
            # unknown=1@# escape=`@FROM x              | \\
            FROM x@# escape=`                          | \\
            #!/bin/x@# escape=`@FROM x                 | \\
            """)
    void theEscapeDirectiveCountsOnlyInTheLeadingBlock(String text, char escape) {
        var read = text.replace("\\\\", "\\").replace('@', '\n');
        assertThat(dockerfile(read).directives().escape()).isEqualTo(escape);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # syntax=docker/dockerfile:1@FROM x             | docker/dockerfile:1
            # syntax = docker/dockerfile:1 --flag @FROM x   | docker/dockerfile:1
            # escape=`@# Syntax=a@FROM x                    | a
            #!/usr/bin/env docker@# syntax=a@FROM x         | a
            # comment@# syntax=a@FROM x                     | ''
            FROM x@# syntax=a                               | ''
            """)
    void theSyntaxIsFoundAlsoAfterAShebang(String text, String syntax) {
        assertThat(dockerfile(text.replace('@', '\n')).directives().syntax()).isEqualTo(syntax);
    }

    @Test
    void theSyntaxIsFoundBehindSlashesButTheFileIsNoDockerfile() {
        var parsing = DockerfileParser.parse("Dockerfile", "// syntax=other/frontend\nFROM x\n");
        assertThat(parsing).isInstanceOfSatisfying(Parsing.Unparsable.class, refused -> {
            assertThat(refused.directives().syntax()).isEqualTo("other/frontend");
            assertThat(refused.phase()).isEqualTo(Phase.INSTRUCTIONS);
        });
    }

    @Test
    void checkOptionsAreKept() {
        assertThat(dockerfile("# check=skip=all;error=true\nFROM x")
                        .directives()
                        .check())
                .isEqualTo("skip=all;error=true");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            RUN a \\@ b|RUN a  b
            RUN a\\@b|RUN ab
            RUN a \\  @ b|RUN a  b
            RUN a \\@# note@ b|RUN a  b
            RUN a \\@   # note@ b|RUN a  b
            RUN a \\@@ b|RUN a  b
            RUN a \\@ \\@ b|RUN a   b
            RUN a \\|RUN a
            RUN a # no comment|RUN a # no comment
            """)
    void linesAreJoined(String text, String source) {
        assertThat(instruction(text.replace('@', '\n')).source()).isEqualTo(source);
    }

    @Test
    void anEscapedEscapeCharacterDoesNotContinue() {
        assertThat(dockerfile("FROM x\nRUN a \\\\\nRUN b\n").stages().getFirst().instructions())
                .hasSize(2);
        assertThat(dockerfile("# escape=`\nFROM x\nRUN a ``\nRUN b \\\nRUN c\n")
                        .stages()
                        .getFirst()
                        .instructions())
                .hasSize(3);
    }

    @Test
    void instructionsKnowTheirFirstAndLastLine() {
        var lines = dockerfile("\n# c\nFROM x\nRUN a \\\n# c\n\n  b\n\nCOPY <<E /e\n1\nE\nRUN c \\\n")
                .stages()
                .getFirst();
        assertThat(lines.lines()).isEqualTo(new Lines(3, 3));
        assertThat(lines.instructions())
                .extracting(Instruction::lines)
                .containsExactly(new Lines(4, 7), new Lines(9, 11), new Lines(12, 12));
    }

    @Test
    void emptyContinuationsAreWarnedOf() {
        assertThat(Reading.warnings("FROM x\nRUN a \\\n\n b\n"))
                .containsExactly("Dockerfile:2: an empty line continues an instruction [EMPTY_CONTINUATION];"
                        + " remove it, or write a comment there; a later BuildKit will refuse it");
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreNoText() {
        var text = "\ufeffFROM x AS a\r\nRUN b \\\r\n c\r\nRUN <<E\r\nd\r\nE\r\n";
        var stage = dockerfile(text).stages().getFirst();
        assertThat(stage.name()).isEqualTo("a");
        assertThat(stage.instructions()).extracting(Instruction::source).containsExactly("RUN b  c", "RUN <<E");
        assertThat(stage.instructions()
                        .getLast()
                        .written()
                        .heredocs()
                        .getFirst()
                        .content())
                .isEqualTo("d\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\tFROM x", "  FROM x", "\u00a0FROM x", "from x", "FrOm\tx", "FROM \\\n x", "FROM \"x\""})
    void fromMayLookLikeThis(String text) {
        assertThat(Reading.graph(text).target().reference()).isEqualTo("x");
    }

    @Test
    void heredocsFollowOneAnother() {
        var copy = (Instruction.Copy) instruction("COPY <<A 4<<-'B' c /d/\n1\nA\n\t2\n\t\tB\n");
        assertThat(copy.files().documents())
                .containsExactly(new Heredoc("A", 0, true, false, "1\n"), new Heredoc("B", 4, false, true, "\t2\n"));
        assertThat(copy.files().documents().get(1).text()).isEqualTo("2\n");
        assertThat(copy.files().sources()).containsExactly("c");
        assertThat(copy.files().destination()).isEqualTo("/d/");
    }

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            RUN cat <<EOF                   | 1
            RUN cat <<-EOF > /x             | 1
            RUN cat <<"EOF"                 | 1
            RUN cat <<'E'OF                 | 1
            RUN cat 3<<EOF                  | 1
            RUN cat <<EOF <<EOF             | 2
            ONBUILD RUN cat <<EOF           | 1
            ADD <<EOF /x                    | 1
            RUN --mount=type=tmpfs,target=/t <<EOF | 1
            RUN cat << EOF                  | 1
            RUN cat <<- EOF                 | 0
            COPY << EOF /x                  | 1
            RUN cat <<<EOF                  | 0
            RUN echo "x <<EOF y"            | 0
            RUN echo 'x <<EOF y'            | 0
            RUN echo x<<EOF                 | 0
            RUN echo $((1<<EOF))            | 0
            RUN ["cat", "<<EOF"]            | 0
            RUN echo "open <<EOF            | 0
            RUN echo \\<<EOF                | 0
            ENV A=<<EOF                     | 0
            CMD cat <<EOF                   | 0
            """)
    void heredocsAreFoundWhereBuildKitFindsThem(String line, int count) {
        var read = dockerfile("FROM x\n" + line + "\nEOF\n".repeat(count))
                .stages()
                .getFirst()
                .instructions();
        assertThat(read)
                .singleElement()
                .satisfies(found -> assertThat(found.written().heredocs()).hasSize(count));
    }

    @Test
    void aHeredocThatDoesNotEndIsRefused() {
        assertThat(problems("FROM x\nRUN <<A <<B\nA\nFROM y\n"))
                .containsExactly("Dockerfile:2: the heredoc 'B' does not end [UNTERMINATED_HEREDOC];"
                        + " write 'B' alone on a line after it");
    }

    @Test
    void aHeredocOfATriggerBelongsToTheTrigger() {
        var onbuild = (Instruction.Onbuild) instruction("ONBUILD COPY <<A /a\n1\nA\n");
        assertThat(onbuild.trigger())
                .isInstanceOfSatisfying(
                        Instruction.Trigger.Ready.class,
                        ready -> assertThat(((Instruction.Copy) ready.instruction())
                                        .files()
                                        .documents())
                                .extracting(Heredoc::content)
                                .isEqualTo(List.of("1\n")));
    }

    @Test
    void bytesThatAreNoUtf8BecomeReplacementCharacters() {
        var bytes = "FROM x\nRUN ?\n".getBytes(StandardCharsets.UTF_8);
        bytes[11] = (byte) 0xff;
        assertThat(DockerfileParser.parse("Dockerfile", bytes))
                .isInstanceOfSatisfying(
                        Parsing.Parsed.class,
                        parsed -> assertThat(
                                        parsed.dockerfile().stages().getFirst().instructions())
                                .extracting(Instruction::source)
                                .containsExactly("RUN \ufffd"));
    }

    @Test
    void commentsKeepTheirLines() {
        var text =
                "# syntax=docker/dockerfile:1\n# first\nFROM x\n  #  second \nRUN a \\\n# inside\n b\nRUN <<E\n# none\nE\n#\n";
        assertThat(Reading.dockerfile(text).comments())
                .containsExactly(
                        new Comment(2, "first"),
                        new Comment(4, "second"),
                        new Comment(6, "inside"),
                        new Comment(11, ""));
    }
}
