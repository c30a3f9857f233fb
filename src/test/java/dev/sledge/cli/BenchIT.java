package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of the bench, for real; how long anything took decides nothing. */
class BenchIT {
    @TempDir
    Path directory;

    @Test
    void eachWayIsBuiltAndMeasuredForEachChange() throws Exception {
        var json = directory.resolve("bench.json");
        var plot = directory.resolve("bench.svg");
        var out = new StringWriter();
        var interruption = Interruption.watch();
        var command = Main.commandLine(interruption).setOut(new PrintWriter(out));
        var status = command.execute(
                "bench",
                "--ways=article,persistent,layout",
                "--changes=source",
                "--runs=1",
                "--json=" + json,
                "--plot=" + plot);
        interruption.end();

        assertThat(status).as("%s", out).isZero();
        assertThat(out.toString().lines()).hasSize(4).first().asString().startsWith("change");
        var machine = new JsonMapper().readTree(json.toFile()).path("machine");
        assertThat(machine.path("processors").asInt()).isPositive();
        assertThat(machine.path("memoryMebibytes").asInt()).isPositive();
        assertThat(plot).content().contains("<svg", "source, layout", "<circle");
        var rows = new JsonMapper().readTree(json.toFile()).path("rows");
        assertThat(rows.findValuesAsText("way")).containsExactly("article", "persistent", "layout");
        for (var row : rows) {
            assertThat(row.path("example").asText()).isEqualTo("hello-build");
            assertThat(row.path("change").asText()).isEqualTo("source");
            assertThat(row.path("runs")).hasSize(1);
            assertThat(row.path("median").asDouble()).isPositive();
        }
    }

    @Test
    void aProjectOfSomebodysIsMeasuredAndLeftAsItIs() throws Exception {
        var project = TestRepository.create(Files.createDirectory(directory.resolve("mine")), "mine")
                .write("Dockerfile", "FROM debian:trixie-slim\nCOPY main.txt .\nRUN cat main.txt\n")
                .write("main.txt", "main\n")
                .commit();
        var json = directory.resolve("mine.json");
        var interruption = Interruption.watch();
        var status = Main.commandLine(interruption)
                .setOut(new PrintWriter(new StringWriter()))
                .execute(
                        "bench",
                        project.directory().toString(),
                        "--touch=main.txt",
                        "--ways=buildx,registry",
                        "--changes=source",
                        "--runs=1",
                        "--json=" + json);
        interruption.end();

        assertThat(status).isZero();
        var rows = new JsonMapper().readTree(json.toFile()).path("rows");
        assertThat(rows.findValuesAsText("way")).containsExactly("buildx", "registry");
        assertThat(rows.findValuesAsText("example")).containsOnly("mine");
        assertThat(project.directory().resolve("main.txt")).hasContent("main\n");
    }

    @Test
    void whatIsKnownOfExamplesOnlyIsSaidBeforeAnythingIsStarted() {
        for (var arguments : List.of(
                List.of("bench", ".", "--changes=dependency"),
                List.of("bench", ".", "--changes=source"),
                List.of("bench", ".", "--ways=article"),
                List.of("bench", "--touch=a"))) {
            var err = new StringWriter();
            var interruption = Interruption.watch();
            var status = Main.commandLine(interruption)
                    .setErr(new PrintWriter(err))
                    .execute(arguments.toArray(String[]::new));
            interruption.end();
            assertThat(status).as("%s", arguments).isEqualTo(1);
            assertThat(err.toString()).contains("example");
        }
    }

    @Test
    void aWayThatIsNoneIsSaidBeforeAnythingIsStarted() {
        var err = new StringWriter();
        var interruption = Interruption.watch();
        var status = Main.commandLine(interruption).setErr(new PrintWriter(err)).execute("bench", "--ways=buildy");
        interruption.end();
        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("'buildy'").contains("use article, buildx");
    }
}
