package dev.sledge.dockerfile;

import static dev.sledge.dockerfile.Reading.dockerfile;
import static dev.sledge.dockerfile.Reading.graph;
import static dev.sledge.dockerfile.Reading.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.dockerfile.BaseImage.EarlierStage;
import dev.sledge.dockerfile.BaseImage.Named;
import dev.sledge.dockerfile.BaseImage.Scratch;
import dev.sledge.image.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Dockerfile means, rule by rule as BuildKit has it. */
class SemanticsTest {
    @Test
    void stageNamesAreKeptInLowerCase() {
        assertThat(dockerfile("FROM alpine AS Build_1.x-Y").stages().getFirst().name())
                .isEqualTo("build_1.x-y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY --from=BUILD /a /a", "RUN --mount=from=Build,target=/b true"})
    void namesInCopyAndMountMayBeInAnyCase(String instruction) {
        var edges = graph("FROM alpine AS build\nFROM alpine\n" + instruction).edges();
        assertThat(edges).singleElement().returns(0, Edge::toStage);
    }

    @Test
    void fromInCapitalsIsTakenForTheStageWithAWarning() {
        var text = "FROM alpine AS Build\nFROM Build\n";
        assertThat(graph(text).target().base()).isEqualTo(new EarlierStage(0));
        assertThat(verdict(text))
                .isEqualTo(
                        "Dockerfile:2: FROM Build names the stage build in capitals, which BuildKit takes for an image"
                                + " [STAGE_NAME_CASE]; write FROM build");
    }

    @ParameterizedTest(name = "COPY --from={0} is stage {1}")
    @CsvSource({"0, 0", "00, 0", "+0, 0", "1, 1", "+01, 1"})
    void copyCountsStages(String from, int stage) {
        var edges = graph("FROM alpine\nFROM alpine\nFROM alpine\nCOPY --from=" + from + " /a /a")
                .edges();
        assertThat(edges).containsExactly(new Edge(2, Edge.Kind.COPY, from, stage, 4, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "9223372036854775807"})
    void anIndexWithoutStageIsRefused(String from) {
        assertThat(verdict("FROM alpine\nFROM alpine\nCOPY --from=" + from + " /a /a"))
                .isEqualTo("GRAPH Dockerfile:3: COPY --from='" + from + "' names no stage [UNKNOWN_STAGE];"
                        + " use an index from 0 to 1, or better a stage's name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY --from=0 /a /a", "COPY --from=me /a /a", "RUN --mount=from=me,target=/m true"})
    void aStageCannotNeedItself(String instruction) {
        assertThat(verdict("FROM alpine AS me\n" + instruction))
                .startsWith("GRAPH Dockerfile:2: the stage me needs itself by way of")
                .endsWith("[STAGE_CYCLE]; take the files from a stage further up that does not need this one");
    }

    @Test
    void aMountDoesNotCountStages() {
        assertThat(graph("FROM alpine AS a\nFROM alpine\nRUN --mount=from=0,target=/x true")
                        .edges())
                .containsExactly(new Edge(1, Edge.Kind.MOUNT, "0", Edge.IMAGE, 3, false));
    }

    @Test
    void theLastStageOfANameCountsForCopyAndTheLastEarlierOneForFrom() {
        var graph = graph("FROM alpine AS a\nFROM a AS b\nFROM busybox AS a\nFROM b\nCOPY --from=a /x /x\n");
        assertThat(graph.stages().get(1).base()).isEqualTo(new EarlierStage(0));
        assertThat(graph.edges()).singleElement().returns(2, Edge::toStage);
        assertThat(graph.reachable(3)).extracting(BuildStage::index).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aStageFurtherDownCannotBeCopiedFrom() {
        assertThat(verdict("FROM alpine AS a\nCOPY --from=b /x /x\nFROM alpine AS b\nFROM a\n"))
                .isEqualTo("DISPATCH Dockerfile:2: the stage 'b' is not yet defined here [STAGE_NOT_YET_DEFINED];"
                        + " move it above the stage a");
    }

    @Test
    void aStageFurtherDownIsOnlyWarnedOfWhereNothingNeedsIt() {
        assertThat(verdict("FROM alpine AS a\nCOPY --from=b /x /x\nFROM alpine AS b\n"))
                .startsWith("Dockerfile:2: the stage 'b' is not yet defined here");
    }

    @Test
    void circlesOfSeveralStagesAreFound() {
        assertThat(verdict("FROM alpine AS a\nCOPY --from=b /x /x\nFROM alpine AS b\nCOPY --from=a /x /x\n"))
                .startsWith("GRAPH Dockerfile:4: the stage b needs itself by way of 'a' [STAGE_CYCLE]");
    }

    @Test
    void fromSeesOnlyEarlierStages() {
        assertThat(graph("FROM b AS a\nFROM alpine AS b\n").stages().getFirst().base())
                .isEqualTo(new Named("b"));
    }

    @Test
    void copyFromTakesNoVariables() {
        assertThat(verdict("ARG S=a\nFROM alpine AS a\nFROM alpine\nCOPY --from=$S /x /x\n"))
                .isEqualTo("GRAPH Dockerfile:4: COPY --from='$S' holds a variable or a quote [BAD_VARIABLE];"
                        + " define a stage with FROM $S AS name after a global ARG, and copy from that");
    }

    @Test
    void mountFromTakesNoVariables() {
        assertThat(Reading.problems("FROM alpine\nRUN --mount=from=$S,target=/x true\n"))
                .containsExactly("Dockerfile:2: --mount=from='$S' holds a variable [BAD_VARIABLE];"
                        + " define a stage with FROM $S AS name, and mount from that");
    }

    @Test
    void globalArgumentsExpandFromLeftToRight() {
        var text = "ARG A=1 B=$A.2\nARG A=3\nARG C=\"$A-$B\"\nFROM alpine:$C\n";
        assertThat(graph(text).target().reference()).isEqualTo("alpine:3-1.2");
        assertThat(graph(text).globalArgs()).containsEntry("B", "1.2").containsEntry("A", "3");
    }

    @Test
    void buildArgumentsOverrideDefaultsAndAreTakenAsTheyAre() {
        var options = BuildOptions.DEFAULT.withArgument("A", "$B").withArgument("UNDECLARED", "x");
        assertThat(graph("ARG A=1\nFROM \"alpine:${A#?}${UNDECLARED}\"\n", options)
                        .target()
                        .reference())
                .isEqualTo("alpine:B");
    }

    @Test
    void argumentsOfAStageAreInvisibleToFrom() {
        assertThat(graph("FROM alpine AS a\nARG V=1\nFROM b${V}\n").target().base())
                .isEqualTo(new Named("b"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "$BUILDPLATFORM,  linux/amd64",
        "$BUILDARCH,      amd64",
        "$TARGETPLATFORM, linux/arm64",
        "$TARGETOS,       linux",
        "$TARGETARCH,     arm64",
        "x$TARGETVARIANT, x",
        "$TARGETSTAGE,    last",
    })
    void platformArgumentsAreDefined(String variable, String value) {
        var options = BuildOptions.DEFAULT.withPlatform(Platform.LINUX_ARM64);
        assertThat(graph("FROM " + variable + " AS last\n", options).target().reference())
                .isEqualTo(value);
    }

    @Test
    void targetStageIsTheWantedOne() {
        var text =
                "FROM alpine AS v-dev\nFROM alpine AS v-prod\nFROM v-$TARGETSTAGE AS dev\nFROM v-$TARGETSTAGE AS prod\n";
        assertThat(graph(text, BuildOptions.DEFAULT.withTarget("prod")).target().base())
                .isEqualTo(new EarlierStage(1));
        assertThat(verdict(text, BuildOptions.DEFAULT.withTarget("nowhere"))).startsWith("TARGET ");
    }

    @Test
    void aDeclaredPlatformArgumentKeepsItsValue() {
        assertThat(graph("ARG TARGETARCH\nFROM alpine:$TARGETARCH\n").target().reference())
                .isEqualTo("alpine:amd64");
    }

    @Test
    void anEmptyBaseIsRefused() {
        assertThat(verdict("ARG X\nFROM ${X}\n"))
                .isEqualTo("STATES Dockerfile:2: the image '${X}' is empty [BAD_BASE_IMAGE];"
                        + " give its variables a default, as in ${NAME:-alpine}");
    }

    @Test
    void aStageWinsOverAnImageAndOverScratch() {
        assertThat(graph("FROM alpine AS alpine\nFROM alpine\n").target().base())
                .isEqualTo(new EarlierStage(0));
        assertThat(graph("FROM alpine AS scratch\nFROM scratch\n").target().base())
                .isEqualTo(new EarlierStage(0));
        assertThat(graph("FROM scratch\n").target().base()).isEqualTo(new Scratch());
    }

    @ParameterizedTest(name = "target ''{0}'' is stage {1}")
    @CsvSource({"'', 3", "a, 2", "A, 2", "b, 1", "0, 0"})
    void theTargetIsTheLastStageOrTheNamedOne(String target, int index) {
        var graph = graph("FROM x AS a\nFROM y AS b\nFROM z AS a\nFROM w\n", BuildOptions.DEFAULT.withTarget(target));
        assertThat(graph.targetIndex()).isEqualTo(index);
    }

    @Test
    void triggersOfABaseStageRunInItsChildrenOnly() {
        var graph = graph("""
                FROM alpine AS files
                FROM alpine AS base
                ONBUILD COPY --from=files /x /x
                ONBUILD ENV A=b
                FROM base AS child
                RUN true
                FROM child
                """);
        assertThat(graph.edges()).containsExactly(new Edge(2, Edge.Kind.COPY, "files", 0, 5, true));
        assertThat(graph.stages().get(2).instructions())
                .extracting(Instruction::keyword)
                .containsExactly("COPY", "ENV", "RUN");
        assertThat(graph.target().triggers()).isEmpty();
    }

    @Test
    void aFaultyTriggerCountsOnlyWhereAStageInheritsIt() {
        var base = "FROM alpine AS base\nONBUILD RNU true\n";
        assertThat(Reading.warnings(base))
                .containsExactly("Dockerfile:2: unknown instruction 'RNU' [UNKNOWN_INSTRUCTION]; did you mean RUN?");
        assertThat(verdict(base)).isEmpty();
        assertThat(verdict(base + "FROM base\n")).startsWith("RESOLVE Dockerfile:2: unknown instruction 'RNU'");
    }

    @Test
    void everyBaseMustBeAValidReferenceAlsoWhereNothingNeedsIt() {
        assertThat(verdict("FROM Wrong/Case:x\nFROM alpine:\nFROM alpine\nCOPY --from=UP /x /x\n"))
                .isEqualTo("RESOLVE Dockerfile:1: the image 'Wrong/Case:x' has capital letters in its repository name"
                        + " [BAD_BASE_IMAGE]; write it as registry/repository:tag, in small letters\n"
                        + "Dockerfile:2: the image 'alpine:' has an invalid tag"
                        + " [BAD_BASE_IMAGE]; write it as registry/repository:tag, in small letters\n"
                        + "Dockerfile:4: the image 'UP' has capital letters in its repository name"
                        + " [BAD_BASE_IMAGE]; write it as registry/repository:tag, in small letters");
    }

    @ParameterizedTest(name = "--platform={0} is {1}")
    @CsvSource({
        "linux/arm64, linux/arm64",
        "linux/arm64/v8, linux/arm64/v8",
        "linux/aarch64, linux/arm64",
        "amd64, linux/amd64",
        "linux/arm/v7, linux/arm/v7",
        "windows/x86_64, windows/amd64",
        "$BUILDPLATFORM, linux/amd64",
        "${TARGETOS}/arm64, linux/arm64",
    })
    void platformsAreNormalised(String written, String platform) {
        assertThat(graph("FROM --platform=" + written + " alpine\n").target().platform())
                .isEqualTo(platform);
    }

    @Test
    void aPlatformThatIsNoneIsRefused() {
        assertThat(
                        verdict(
                                "FROM --platform=$NONE alpine AS a\nFROM --platform=a/b/c/d alpine\nFROM --platform=mac alpine\n"))
                .isEqualTo("STATES Dockerfile:1: --platform='$NONE' is empty"
                        + " [BAD_PLATFORM]; write one such as linux/amd64, or $BUILDPLATFORM\n"
                        + "Dockerfile:2: --platform='a/b/c/d' is 'a/b/c/d', which is no platform"
                        + " [BAD_PLATFORM]; write one such as linux/amd64, or $BUILDPLATFORM\n"
                        + "Dockerfile:3: --platform='mac' is 'mac', which is no platform"
                        + " [BAD_PLATFORM]; write one such as linux/amd64, or $BUILDPLATFORM");
    }

    @Test
    void reachableStagesFollowBasesCopiesAndMounts() {
        var graph = graph("""
                FROM x AS a
                FROM a AS b
                FROM x AS c
                COPY --from=b /p /p
                FROM x AS d
                FROM x AS e
                RUN --mount=type=bind,from=c,target=/c true
                """);
        assertThat(graph.reachable(4)).extracting(BuildStage::name).containsExactly("a", "b", "c", "e");
        assertThat(graph.reachable(1)).extracting(BuildStage::name).containsExactly("a", "b");
    }

    @Test
    void leavesAreWhatNoOtherBuiltStageBuildsOn() {
        var graph = graph("""
                FROM x AS base
                RUN 1
                FROM base AS build
                RUN 2
                FROM x AS unused
                RUN 3
                FROM x AS empty
                FROM x AS out
                COPY --from=build /a /a
                COPY --from=empty /a /b
                FROM x AS after
                RUN 4
                """, BuildOptions.DEFAULT.withTarget("out"));
        assertThat(names(graph, Builder.BUILDKIT)).containsExactly("build", "out");
        assertThat(names(graph, Builder.CLASSIC)).containsExactly("build", "unused", "out");
    }

    private static List<String> names(StageGraph graph, Builder builder) {
        return graph.leaves(builder).stream().map(BuildStage::name).toList();
    }
}
