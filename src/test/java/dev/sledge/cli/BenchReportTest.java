package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sledge.build.FrozenReport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** Measurements as they are shown. */
class BenchReportTest {
    private static final List<BenchRow> ROWS = List.of(
            new BenchRow("source", "buildx", List.of(20.0, 22.0, 21.0), List.of()),
            new BenchRow("source", "persistent", List.of(6.0, 8.0), List.of()),
            new BenchRow("source", "registry", List.of(10.5), List.of()),
            new BenchRow("nothing", "registry", List.of(2.0), List.of()));

    @Test
    void aMedianIsTheMiddleOneOrBetweenTheTwo() {
        assertThat(ROWS).extracting(BenchRow::median).containsExactly(21.0, 7.0, 10.5, 2.0);
    }

    @Test
    void aRowIsComparedWithThoseOfItsOwnChange() {
        assertThat(new BenchReport("hello-build", ROWS).text().lines().map(String::strip))
                .containsExactly(
                        "change       way             median  overhead   ratio  seconds",
                        "source       buildx            21.0      14.0    1.00  20.0 22.0 21.0",
                        "source       persistent         7.0       0.0    0.33  6.0 8.0",
                        "source       registry          10.5       3.5    0.50  10.5",
                        "nothing      registry           2.0                    2.0");
    }

    @Test
    void whatAFrozenEngineFetchedAndWhatItTookToLeaveOneIsTold() {
        var builds = FrozenReport.read("""
                {"thawed":{"way":"lazy-kernel"}}
                {"served":{"touched":5242880,"bytes":34586624,"requests":27}}
                {"frozen":{"added":32768,"stop_milliseconds":157,"write_milliseconds":15,"store_milliseconds":592}}""");
        var row = new BenchRow("source", "frozen", List.of(6.4), List.of(builds));
        var json = new BenchReport("hello-build", List.of(row, ROWS.getFirst()))
                .json(JsonNodeFactory.instance.objectNode())
                .path("rows");
        assertThat(json.path(0).path("fetched")).hasToString("[34586624]");
        assertThat(json.path(0).path("requests")).hasToString("[27]");
        assertThat(json.path(0).path("freezing"))
                .hasToString("[{\"stopped\":0.157,\"written\":0.015,\"stored\":0.592,\"added\":32768}]");
        assertThat(json.path(1).fieldNames())
                .toIterable()
                .containsExactly("example", "change", "way", "runs", "median");
    }

    @Test
    void aPictureHasABarForEachRowAndAPointForEachRun() throws Exception {
        var svg = new BenchPlot("hello-build", ROWS).svg();
        var read = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(read.getElementsByTagName("rect").getLength()).isEqualTo(4);
        assertThat(read.getElementsByTagName("circle").getLength()).isEqualTo(7);
    }
}
