package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What a buildspec does here is what CodeBuild's documentation says it does there; a real bash runs it.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html">buildspec reference</a>
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html">phase transitions</a>
 */
class BuildspecScriptTest {
    private record Run(int status, List<String> output, List<String> markers) {}

    private static Run run(String buildspec) throws Exception {
        return run(buildspec, Map.of());
    }

    private static Run run(String buildspec, Map<String, String> environment) throws Exception {
        var script = BuildspecScript.of(Buildspec.parse(buildspec));
        var builder = new ProcessBuilder("bash", "-c", script);
        builder.environment().putAll(environment);
        var process = builder.start();
        var markers = CompletableFuture.supplyAsync(() -> lines(process.getErrorStream()));
        var output = lines(process.getInputStream());
        return new Run(process.waitFor(), output, markers.get());
    }

    private static List<String> lines(java.io.InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String buildspec(String phases) {
        return "version: 0.2\nphases:\n" + phases.indent(2);
    }

    @Test
    void allCommandsShareOneShell() throws Exception {
        var run = run(buildspec("""
                install:
                  commands:
                    - cd /usr
                    - hello() { echo "hello $1 from $PWD"; }
                build:
                  commands:
                    - name=world
                    - |-
                      for each in one two; do
                        hello "$name $each"
                      done
                """));
        assertThat(run.output()).containsExactly("hello world one from /usr", "hello world two from /usr");
        assertThat(run.markers()).containsExactly("begin install", "end install 0 ", "begin build", "end build 0 ");
        assertThat(run.status()).isZero();
    }

    @Test
    void theFirstCommandThatFailsEndsItsPhase() throws Exception {
        var run = run(buildspec("""
                build:
                  commands: [echo one, "(exit 7)", echo two]
                """));
        assertThat(run.output()).containsExactly("one");
        assertThat(run.markers()).containsExactly("begin build", "end build 7 (exit 7)");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aFailedInstallSkipsWhatFollows() throws Exception {
        for (var phase : List.of("install", "pre_build")) {
            var run = run(buildspec(phase + """
                    :
                      commands: ["false"]
                    build:
                      commands: [echo built]
                    post_build:
                      commands: [echo posted]
                    """));
            assertThat(run.output()).isEmpty();
            assertThat(run.status()).isEqualTo(1);
        }
    }

    @Test
    void aFailedBuildDoesNotSkipPostBuildAndTellsIt() throws Exception {
        var run = run(buildspec("""
                pre_build:
                  commands: [echo before $CODEBUILD_BUILD_SUCCEEDING]
                build:
                  commands: ["false"]
                post_build:
                  commands: [echo after $CODEBUILD_BUILD_SUCCEEDING]
                """));
        assertThat(run.output()).containsExactly("before 1", "after 0");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void finallyRunsWhetherOrNotTheCommandsFailed() throws Exception {
        var run = run(buildspec("""
                install:
                  commands: ["true"]
                  finally: [echo last of install $CODEBUILD_BUILD_SUCCEEDING]
                build:
                  commands: ["false", echo never]
                  finally: [echo last of build $CODEBUILD_BUILD_SUCCEEDING]
                """));
        assertThat(run.output()).containsExactly("last of install 1", "last of build 0");
    }

    @Test
    void aFailingFinallyFailsThePhase() throws Exception {
        var run = run(buildspec("""
                build:
                  commands: ["true"]
                  finally: ["(exit 3)"]
                """));
        assertThat(run.markers()).containsExactly("begin build", "end build 1 (exit 3)");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void onFailureContinueGoesOnAndTheBuildFailsAllTheSame() throws Exception {
        var run = run(buildspec("""
                install:
                  on-failure: CONTINUE
                  commands: ["false"]
                build:
                  commands: [echo built]
                """));
        assertThat(run.output()).containsExactly("built");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aCommandThatLeavesTheShellEndsItsPhaseAlone() throws Exception {
        var run = run(buildspec("""
                build:
                  commands: [exit 4]
                  finally: [echo last]
                post_build:
                  commands: [echo posted]
                """));
        assertThat(run.output()).containsExactly("last", "posted");
        assertThat(run.markers()).contains("end build 4 exit 4");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void nothingThatACommandPrintsIsTakenForAMarker() throws Exception {
        var run = run(buildspec("""
                build:
                  commands: [echo begin install >&2, echo end build 0 >&2, "false"]
                """));
        assertThat(run.markers()).containsExactly("begin build", "end build 1 false");
        assertThat(run.output()).containsExactly("begin install", "end build 0");
    }

    @Test
    void commandsReadNothingFromStdin() throws Exception {
        assertThat(run(buildspec("build:\n  commands: [cat, echo read]\n")).output())
                .containsExactly("read");
    }

    @Test
    void variablesOfTheStartWinOverThoseOfTheBuildspec() throws Exception {
        var text = """
                version: 0.2
                env:
                  shell: bash
                  variables:
                    GIVEN: from the buildspec
                    QUOTED: it's "$(touch x)" `y`
                phases:
                  build:
                    commands:
                      - echo "$GIVEN"; echo "$QUOTED"
                """;
        assertThat(run(text, Map.of("GIVEN", "from the start")).output())
                .containsExactly("from the start", "it's \"$(touch x)\" `y`");
    }
}
