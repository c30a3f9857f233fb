package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
    void aWayThatIsNoneIsSaidBeforeAnythingIsStarted() {
        var err = new StringWriter();
        var interruption = Interruption.watch();
        var status = Main.commandLine(interruption).setErr(new PrintWriter(err)).execute("bench", "--ways=buildy");
        interruption.end();
        assertThat(status).isEqualTo(1);
        assertThat(err.toString()).contains("'buildy'").contains("use article, buildx");
    }
}
