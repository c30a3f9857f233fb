package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.plan.Exports;
import org.junit.jupiter.api.Test;

/** What is said of a cache that was not written, and of one that a build broke over. */
class CacheLogsTest {
    private static final String REFUSED = """
            {"vertexes":[{"digest":"sha256:1","name":"exporting cache to registry","started":"2026-11-28T13:00:00Z",\
            "completed":"2026-11-28T13:00:01Z","error":"error writing manifest blob: 400 Bad Request"}]}
            ERROR: failed to solve: error writing manifest blob: 400 Bad Request
            """;

    @Test
    void whatTheBuilderSaysOfTheCacheIsTheFault() {
        assertThat(CacheLogs.ofKeeping(REFUSED + "{\"not_kept\":1}\n"))
                .containsExactly("exporting cache to registry failed: error writing manifest blob: 400 Bad Request");
    }

    @Test
    void aCacheThatTookTooLongIsToldFromOneThatFailed() {
        assertThat(CacheLogs.ofKeeping("{\"not_kept\":124}\n"))
                .singleElement()
                .asString()
                .contains("more than ten minutes");
        assertThat(CacheLogs.ofKeeping("zstd: no room\n{\"not_kept\":3}\n"))
                .containsExactly("the cache was not written: zstd: no room");
    }

    @Test
    void eachStageThatWasNotKeptIsAFault() {
        assertThat(CacheLogs.ofKeeping("{\"not_kept\":3}\n{\"not_kept\":4}\n")).hasSize(2);
    }

    @Test
    void whatWasKeptOrNeverToBeKeptIsNoFault() {
        assertThat(CacheLogs.ofKeeping("")).isEmpty();
        assertThat(CacheLogs.ofKeeping(
                        "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"exporting cache to registry\"}]}"))
                .isEmpty();
    }

    @Test
    void aBuildThatWasDoneAgainTellsWhatTheFirstDiedOf() {
        assertThat(CacheLogs.ofFirstAttempt("")).isEmpty();
        assertThat(CacheLogs.ofFirstAttempt("ERROR: failed to solve: failed to copy: 404 Not Found\n"))
                .containsExactly("the build broke over its cache, and was done again without it:"
                        + " ERROR: failed to solve: failed to copy: 404 Not Found");
    }

    @Test
    void aCacheThatIsNotThereYetIsNoFaultAndOneThatRefusesOrIsSilentIs() {
        assertThat(CacheLogs.ofReading("")).isEmpty();
        assertThat(CacheLogs.ofReading("""
                        {"cache":"r/c:a","status":0,"answer":""}
                        {"cache":"r/c:b","status":1,"answer":"ERROR: r/c:b: not found"}
                        """)).isEmpty();
        assertThat(CacheLogs.ofReading("""
                        {"cache":"r/c:a","status":1,"answer":"ERROR: unexpected status from HEAD request: 403 Forbidden"}
                        {"cache":"r/c:b","status":124,"answer":""}
                        """))
                .containsExactly(
                        "the cache r/c:a was not read: unexpected status from HEAD request: 403 Forbidden",
                        "the cache r/c:b was not read: there was no answer within ten seconds");
    }

    @Test
    void anEngineThatCouldKeepOnlyTheLastStageSaysSo() {
        var report = new CacheLogs("{\"exports\":\"inline\"}\n{\"last_stage_only\":true}\n", "", "", "")
                .report(BuildLog.none());
        assertThat(report.exports()).isEqualTo(Exports.INLINE);
        assertThat(report.faults())
                .singleElement()
                .asString()
                .startsWith("only the layers of the last stage were kept");
    }

    @Test
    void aContainerWithoutBuildKitSaysSo() {
        var report =
                new CacheLogs("{\"exports\":\"none\"}\n{\"no_buildkit\":true}\n", "", "", "").report(BuildLog.none());
        assertThat(report.exports()).isEqualTo(Exports.NONE);
        assertThat(report.faults()).singleElement().asString().contains("has no BuildKit (docker buildx)");
    }

    @Test
    void whatSaysNothingCanDoAll() {
        assertThat(CacheLogs.none().report(BuildLog.none()).exports()).isEqualTo(Exports.ALL);
    }

    @Test
    void anImageWithoutTheRecordOfItsLayersIsAFault() {
        assertThat(CacheLogs.ofKeeping("{\"no_record\":\"deps\"}\n{\"no_record\":\"\"}\n"))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).contains("without the record of its layers"))
                .first()
                .asString()
                .startsWith("the image of stage deps");
    }
}
