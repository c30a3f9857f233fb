package dev.sledge.dockerfile;

import static dev.sledge.dockerfile.Reading.dockerfile;
import static dev.sledge.dockerfile.Reading.graph;
import static dev.sledge.dockerfile.Reading.instruction;
import static dev.sledge.dockerfile.Reading.problems;
import static dev.sledge.dockerfile.Reading.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What BuildKit does and nobody would guess; each was found by comparing answers, and names the source that says so. */
class BuildKitQuirksTest {
    // shell/lex.go, processPossibleHeredoc
    @Test
    void blanksMayStandBetweenAHeredocAndItsName() {
        var run = (Instruction.Run) instruction("RUN cat <<  EOF > /x\nFROM y\nEOF\n");
        assertThat(run.written().heredocs()).extracting(Heredoc::name).containsExactly("EOF");
    }

    // parser/parser.go: heredocsFromLine sees the line before it is trimmed
    @Test
    void anEscapedBlankAtTheEndBelongsToTheHeredocsName() {
        assertThat(problems("FROM x\nRUN cat <<EOF\\\u000b\nEOF\n"))
                .containsExactly("Dockerfile:2: the heredoc 'EOF?' does not end [UNTERMINATED_HEREDOC];"
                        + " write 'EOF?' alone on a line after it");
    }

    // shell/lex.go: processStopOn empties the buffer that it shares with the words outside of ${}
    @Test
    void aBracedVariableWithAModifierTakesTheBeginningOfItsWordAway() {
        assertThat(dockerfile("FROM x\nRUN cat <<${A:-B}\nRUN y\n")
                        .stages()
                        .getFirst()
                        .instructions())
                .hasSize(2);
    }

    // parser/split_command.go, extractBuilderFlags: d.escapeToken
    @Test
    void inFlagsTheEscapeCharacterIsThatOfTheFile() {
        var copy = (Instruction.Copy) dockerfile("# escape=`\nFROM x\nCOPY --chown=a\\b` c --from=d e f\n")
                .stages()
                .getFirst()
                .instructions()
                .getFirst();
        assertThat(copy.files().chown()).isEqualTo("a\\b c");
        assertThat(copy.from()).isEqualTo("d");
    }

    // parser/split_command.go, extractBuilderFlags: rune(line[pos])
    @Test
    void flagsAreReadByteByByte() {
        var copy = (Instruction.Copy) instruction("COPY --chown=\u00e9 \u00e9 /x");
        assertThat(copy.files().chown()).isEqualTo("\u00c3\u00a9");
        assertThat(copy.files().sources()).containsExactly("\u00e9");
        assertThat(problems("FROM x\nCOPY --chown=\u00e0--b /x /y\n"))
                .singleElement()
                .asString()
                .contains("no flag '--b'");
    }

    // parser/split_command.go
    @Test
    void aNulInAFlagStays() {
        assertThat(problems("FROM x\nADD --\0link a b\n"))
                .singleElement()
                .asString()
                .contains("ADD has no flag");
    }

    // parser/parser.go: strings.ToLower of the keyword
    @ParameterizedTest
    @CsvSource({"WOR\u212aDIR, WORKDIR", "wor\u212adir, WORKDIR", "onbu\u0130ld run, ONBUILD"})
    void keywordsAreComparedInSmallLetters(String written, String keyword) {
        assertThat(instruction(written + " /a").keyword()).isEqualTo(keyword);
    }

    // parser/parser.go: strings.ToLower of the keyword knows no long s
    @Test
    void aLongSIsNoS() {
        assertThat(problems("FROM x\n\u017fHELL [\"a\"]\n"))
                .singleElement()
                .asString()
                .contains("unknown instruction");
    }

    // dockerfile2llb/convert.go: buildStageDependencyGraph adds images to the states that an index counts
    @Test
    void anIndexBehindTheLastStageMeansAnImageUsedBefore() {
        var graph = graph("FROM a\nCOPY --from=b:1 x y\nCOPY --from=+1 x y\n");
        assertThat(graph.edges()).extracting(Edge::toStage).containsExactly(Edge.IMAGE, Edge.IMAGE);
        assertThat(verdict("FROM a\nCOPY --from=+1 x y\nCOPY --from=b:1 x y\n")).startsWith("GRAPH Dockerfile:2:");
        assertThat(verdict("FROM a\nRUN --mount=type=cache,target=/c c\nCOPY --from=1 x y\n"))
                .isEmpty();
    }

    // dockerfile2llb/convert.go, toCommand: strconv.Atoi fails, and the number is looked up as a name
    @Test
    void aNumberTooLargeToCountWithIsAName() {
        assertThat(graph("FROM a\nCOPY --from=9223372036854775808 x y\n").edges())
                .containsExactly(new Edge(0, Edge.Kind.COPY, "9223372036854775808", Edge.IMAGE, 2, false));
    }

    // dockerfile2llb/convert_runmount.go, detectRunMount: from = emptyImageName
    @Test
    void aMountFromNowhereComesFromAStageThatIsCalledScratch() {
        assertThat(graph("FROM a AS scratch\nFROM b\nRUN --mount=type=cache,target=/c c\n")
                        .edges())
                .containsExactly(new Edge(1, Edge.Kind.MOUNT, "scratch", 0, 3, false));
    }

    // dockerfile2llb/convert.go, resolveStages: only stages that are built get their triggers
    @ParameterizedTest
    @ValueSource(strings = {"ONBUILD FOO", "ONBUILD COPY --from=9 a b", "ONBUILD COPY --from=$X a b", "ONBUILD ENV A"})
    void aFaultInATriggerCountsOnlyWhereAStageThatIsBuiltInheritsIt(String trigger) {
        var parsed = "FROM x AS base\n" + trigger + "\nFROM base AS child\n";
        if (trigger.endsWith("ENV A")) {
            // The parser reads the arguments of a trigger, too; parser/line_parsers.go, parseSubCommand.
            assertThat(problems(parsed)).hasSize(1);
            return;
        }
        assertThat(verdict(parsed)).startsWith("RESOLVE ");
        assertThat(verdict(parsed + "FROM y\n")).doesNotStartWith("RESOLVE ");
    }

    // dockerfile2llb/convert.go, initOnBuildTriggers: parser.Parse of the trigger alone
    @Test
    void aTriggerForgetsTheEscapeCharacterOfItsFile() {
        var graph = graph("# escape=`\nFROM x AS a\nFROM y AS base\nONBUILD COPY --from=\\a b c\nFROM base\n");
        assertThat(graph.edges()).extracting(Edge::from).containsExactly("a");
    }

    // parser/directives.go: the pattern's (.+?) keeps the last of the blanks
    @Test
    void aDirectiveOfBlanksHasABlankForItsValue() {
        assertThat(problems("# escape=  \nFROM x\n")).singleElement().asString().contains("escape=' '");
        assertThat(problems("# escape=`\u000b\nFROM x\n"))
                .singleElement()
                .asString()
                .contains("is no escape character");
    }

    // parser/directives.go, parseDirective: JSON comes last
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"syntax": "a/b c"}                    | a/b c
            {"x": {"syntax": "n"}, "syntax": "y"}  | y
            {"syntax": "a", "syntax": "b"}         | b
            {"syntax": "a", "syntax": 1}           | ~~
            {"x": [{"syntax": "a"}]}               | ~~
            {"syntax": "a"} FROM                   | ~~
            ["syntax"]                             | ~~
            "syntax"                               | ~~
            """)
    void aFileThatIsJsonMayNameItsSyntax(String text, String syntax) {
        assertThat(DockerfileParser.parse("Dockerfile", text))
                .isInstanceOfSatisfying(
                        Parsing.Unparsable.class,
                        refused -> assertThat(refused.directives().syntax()).isEqualTo(syntax));
    }

    // instructions/commands_rundevice.go, ParseDevice
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.com/b=c              | true
            name=a.com/b=c         | true
            a.com/b=c,required     | true
            required=1,x           | true
            x=y                    | true
            a,b                    | false
            a,c=d                  | false
            name=a,name=b          | false
            a,required=yes         | false
            ''                     | false
            """)
    void aDeviceHasOneNameAndMayBeRequired(String device, boolean valid) {
        assertThat(problems("FROM x\nRUN --device=" + device + " y\n").isEmpty())
                .isEqualTo(valid);
    }

    // go-csvvalue, Fields: io.EOF
    @Test
    void anEmptyMountIsRefusedAtOnce() {
        assertThat(problems("FROM x\nRUN --mount= y\n"))
                .singleElement()
                .asString()
                .contains("is no list of fields: it is empty");
    }

    // instructions/parse.go, parseHealthcheck
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            HEALTHCHECK CMD []                      | INSTRUCTIONS
            HEALTHCHECK NONE ["a", 1]               | PARSE
            HEALTHCHECK NONE []                     |
            HEALTHCHECK --nonsense NONE             |
            HEALTHCHECK --retries=2147483647 CMD a  |
            HEALTHCHECK --retries=2147483648 CMD a  | INSTRUCTIONS
            HEALTHCHECK --retries=-0 CMD a          |
            HEALTHCHECK --retries=-1 CMD a          | INSTRUCTIONS
            """)
    void aHealthcheckIsReadInTheOrderOfBuildKit(String line, Phase phase) {
        switch (DockerfileParser.parse("Dockerfile", "FROM x\n" + line)) {
            case Parsing.Parsed parsed -> assertThat(phase).isNull();
            case Parsing.Unparsable refused -> assertThat(refused.phase()).isEqualTo(phase);
        }
    }

    // encoding/json: maxNestingDepth
    @Test
    void jsonNestedTooDeepIsTheShellForm() {
        int depth = 10_001;
        var text = "FROM x\nRUN " + "[\\\n".repeat(depth) + "]\\\n".repeat(depth) + "\n";
        assertThat(problems(text)).isEmpty();
        assertThat(problems(text.replaceFirst("\\[\\\\\n", "").replaceFirst("]\\\\\n", "")))
                .singleElement()
                .asString()
                .contains("something else than strings");
    }

    // text/scanner: the first byte order mark of a word is left out
    @Test
    void aByteOrderMarkBeforeAnImageIsLeftOut() {
        assertThat(graph("FROM \ufeffalpine\n").target().reference()).isEqualTo("alpine");
    }

    // shell/lex.go, processName: unicode.IsLetter of a whole letter
    @Test
    void namesMayHoldLettersOfAllAlphabets() {
        assertThat(graph("ARG \ud835\udc00=y\nFROM x-$\ud835\udc00\n").target().reference())
                .isEqualTo("x-y");
        assertThat(List.of(graph("FROM x-${\u00e9:-y}\n").target().reference())).containsExactly("x-y");
    }

    // shell/lex.go: ReplaceAllString, where // replaces all, but not where / replaces the first
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${A//b/[$0]} | a-[]-c-[]
            ${A//b/'[$0]'} | a-[b]-c-[b]
            ${A//b/'$$x${0}y$z'} | a-$xby-c-$xby
            ${A/b/'$0'} | a-$0-c-b
            """)
    void whereAllIsReplacedADollarMeansAGroup(String expression, String value) {
        assertThat(graph("ARG A=a-b-c-b\nARG B=" + expression + "\nFROM x\n").globalArgs())
                .containsEntry("B", value);
    }

    // shell/lex.go, reversePattern: an escape character at the end comes to stand before what was ahead of it
    @Test
    void aPatternForTheEndIsReadBackwards() {
        assertThat(graph("# escape=`\nARG A=x/\nARG B=${A%/\\}\nFROM x\n").globalArgs())
                .containsEntry("B", "x");
    }

    // containerd/platforms, Parse and normalizeArch
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            windows(10.0.17763)/amd64  | windows(10.0.17763)/amd64
            Windows(10.0+b+a+b)/AMD64  | windows(10.0+a+b)/amd64
            linux(+f)/arm64/v8         | linux(+f)/arm64/v8
            linux()/arm64/8            | linux/arm64/v8
            linux(a%2fb)/x86-64        | linux(a%2Fb)/amd64
            linux/arm64/9              | linux/arm64/v9
            linux/arm64/v8.0           | linux/arm64/v8
            windows(1.0)               | windows(1.0)/amd64
            """)
    void aPlatformsSystemMayHaveAVersionAndFeatures(String written, String platform) {
        assertThat(graph("FROM --platform=" + written + " x\n").target().platform())
                .isEqualTo(platform);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux+f/arm64", "linux(%zz)/arm64", "linux(1/arm64", "(1)/arm64", "*/arm64"})
    void otherSystemsAreRefused(String platform) {
        assertThat(verdict("FROM --platform=" + platform + " x\n"))
                .startsWith("STATES ")
                .contains("no platform");
    }

    // dockerfile2llb/convert.go, dispatchStages: d.dispatched is set before the stage's commands
    @Test
    void aTriggerMayNeedTheStageThatItRunsIn() {
        assertThat(verdict("FROM x AS base\nONBUILD RUN --mount=from=me,target=/m true\nFROM base AS me\n"))
                .isEmpty();
        assertThat(verdict("FROM x AS base\nONBUILD COPY --from=me a b\nFROM base AS me\n"))
                .isEmpty();
    }
}
