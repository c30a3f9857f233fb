package dev.sledge.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sledge.Golden;
import dev.sledge.Shell;
import dev.sledge.build.ClassicLog;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.PushCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell function that keeps a build's log, run by a real bash and a real jq. */
class ShowTest {
    private static final String FAILURE = "The command '/bin/sh -c false' returned a non-zero code: 1";

    @TempDir
    Path directory;

    @BeforeEach
    void needsJq() {
        var there = Shell.run(List.of("sh", "-c", "command -v jq"), "").status() == 0;
        if (!there) System.err.println("SKIPPED, NOT PASSED: no jq on this machine to show a build's log with");
        assumeTrue(there, "no jq");
    }

    /** Runs {@code builder | show} as the buildspec of a case defines it, and at once what prints the log. */
    private Shell.Ran show(String kind, String builder, String log) throws IOException {
        var plan = PushCase.of(Golden.cases("render").stream()
                        .filter(directory -> directory.endsWith(kind))
                        .findFirst()
                        .orElseThrow())
                .onlyPlan();
        Files.createDirectories(directory.resolve("results"));
        var function = log.equals("classic.jsonl") ? "show_classic" : "show";
        var script = "CODEBUILD_SRC_DIR=.\nset -o pipefail\n" + functionOf(plan, function)
                + "\n{ " + builder + "; } 2>/dev/null | " + function + " > shown 2>&1; status=$?\ncat results/" + log
                + "\nexit $status\n";
        return Shell.run(directory, List.of("bash"), script);
    }

    private static String functionOf(BuildPlan plan, String name) {
        return DockerCommands.withEngine(plan).stream()
                .filter(command -> command.startsWith(name + "() {"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theClassicLogIsWholeTheMomentTheBuilderEnds() throws IOException {
        var ran = show(
                "classic-three-stages",
                "echo 'Step 1/2 : FROM a'; echo 'Step 2/2 : RUN false'; seq 5000; echo \"" + FAILURE + "\"; exit 1",
                "classic.jsonl");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output().lines()).hasSize(5003);
        assertThat(ClassicLog.read(ran.output()).lastWords()).last().isEqualTo(FAILURE);
    }

    @Test
    void aPersonSeesStepsOutputAndErrorsOfBuildKit() throws IOException {
        var ran = show("none", """
                echo '{"vertexes":[{"digest":"d","name":"[2/2] RUN make","started":"2026-01-01T00:00:00Z"}]}'
                echo '{"logs":[{"vertex":"d","data":"aGkgdGhlcmUK"}]}'
                echo '{"vertexes":[{"digest":"d","name":"[2/2] RUN make","error":"exit code: 2"}]}'
                echo 'Dockerfile:2'
                echo 'ERROR: failed to solve'; exit 1""", "buildkit.jsonl");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.output().lines()).hasSize(5).last().isEqualTo("ERROR: failed to solve");
        assertThat(directory.resolve("shown"))
                .hasContent("=> [2/2] RUN make\nhi there\n=> ERROR [2/2] RUN make\nexit code: 2\n");
    }
}
