package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lines that builds wrote. */
class FrozenReportTest {
    private static final String THAWED =
            "{\"thawed\":{\"scope\":\"sledge-cache/hello/cache-b-main\",\"manifest\":\"sha256:614aed97\",\"build\":\"arn:aws:codebuild:local:000000000000:build/hello:1\",\"way\":\"lazy-kernel\",\"images\":2,\"size\":66568192,\"show_milliseconds\":269,\"fill_milliseconds\":40,\"impossible\":[]}}\n";
    private static final String SERVED = "{\"served\":{\"touched\":5242880,\"bytes\":34586624,\"requests\":27}}\n";
    private static final String FROZEN =
            "{\"frozen\":{\"scope\":\"sledge-cache/hello/cache-b-main\",\"manifest\":\"sha256:3619b863\",\"images\":3,\"added\":32768,\"size\":66600960,\"compacted\":false,\"stop_milliseconds\":157,\"write_milliseconds\":15,\"store_milliseconds\":592}}\n";

    @Test
    void whatWasThawedAndFrozenIsRead() {
        var report = FrozenReport.read(THAWED + SERVED + FROZEN);
        var thawed = report.thawed().orElseThrow();
        assertThat(thawed.way()).isEqualTo("lazy-kernel");
        assertThat(thawed.took()).isEqualTo(Duration.ofMillis(309));
        assertThat(thawed.served()).isEqualTo(new FrozenReport.Served(5242880, 34586624, 27));
        var frozen = report.frozen().orElseThrow();
        assertThat(frozen.isNewest()).isTrue();
        assertThat(frozen.images()).isEqualTo(3);
        assertThat(frozen.stored()).isEqualTo(Duration.ofMillis(592));
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void anotherBuildsHeadIsNoFault() {
        var report = FrozenReport.read(THAWED + FROZEN.replace("{\"frozen\"", "{\"overtaken\""));
        assertThat(report.frozen().orElseThrow().isNewest()).isFalse();
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void nothingFrozenYetIsNoFaultAndAnythingElseIs() {
        assertThat(FrozenReport.read("{\"not_thawed\":{\"why\":[\"cache-b-main: nothing is frozen yet\"]}}")
                        .faults())
                .isEmpty();
        assertThat(FrozenReport.read(
                                "{\"not_thawed\":{\"why\":[\"cache-b-x: nothing is frozen yet\",\"cache-b-main: manifest"
                                        + " sha256:61 is damaged\"]}}")
                        .faults())
                .containsExactly("a frozen engine was not thawed, cache-b-main: manifest sha256:61 is damaged");
        assertThat(FrozenReport.read(THAWED + "{\"lost\":{\"why\":\"S3 answers 503\"}}")
                        .faults())
                .containsExactly(
                        "the frozen engine was lost during the build, which began again without it: S3 answers 503");
    }

    @Test
    void whyAnEngineWasNotFrozenIsSaidOnce() {
        assertThat(FrozenReport.read("{\"not_frozen\":{\"why\":\"mksquashfs: full\"}}\n{\"failed\":{\"status\":3}}")
                        .faults())
                .containsExactly("the engine was not frozen: mksquashfs: full");
        assertThat(FrozenReport.read("{\"failed\":{\"status\":124}}").faults())
                .containsExactly("the engine was not frozen: it took more than ten minutes, and was given up");
        assertThat(FrozenReport.read("{\"failed\":{\"status\":137}}").faults())
                .containsExactly("the engine was not frozen: exit status 137");
    }

    @Test
    void halfALineIsAFault() {
        var report = FrozenReport.read(THAWED + "{\"frozen\":{\"scope\"");
        assertThat(report.thawed()).isPresent();
        assertThat(report.faults()).singleElement().asString().contains("cannot be read");
    }
}
