package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.CacheFolder;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.Results.Listed;
import dev.sledge.local.RunningServices;
import dev.sledge.plan.Cache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Builds in a row that go on with each other's engine. */
class FrozenManyBuildsIT {
    private static final int BUILDS = 30;

    /** Its second step takes a while and gives a hundred kilobytes, the same ones for the same input. */
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim AS build
            COPY deps.txt .
            RUN for i in $(seq 2000); do sha256sum deps.txt; echo "$i" >> deps.txt; done > /made
            COPY src/ src/
            RUN cat made src/main.txt > out.txt
            FROM debian:trixie-slim
            COPY --from=build /out.txt /
            CMD ["cat", "/out.txt"]
            """;

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    private static BuildRecord succeeded(BuildRecord record) {
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.cacheFaults()).isEmpty();
        return record;
    }

    private static List<Listed> stored(BuildRecord record) {
        var project = record.finished().arn().replaceFirst(":[^:]*$", "").replace(":build/", ":project/");
        return RUNNING.get()
                .bucket()
                .results()
                .list(new ResultFolder(CacheFolder.of(project).path() + "/frozen"), "images/");
    }

    private static String output(BuildRecord record) {
        return RUNNING.get().engine().docker("run", "--rm", PlannedBuild.pinned(record), "sha256sum", "/out.txt");
    }

    @Test
    void theyStayAsGoodAsTheFirst(@TempDir Path directory) throws Exception {
        var repository = TestRepository.create(directory, "many-" + UUID.randomUUID())
                .write("sledge.yml", "cache: frozen\n")
                .write("Dockerfile", DOCKERFILE);
        var records = new ArrayList<BuildRecord>();
        for (var i = 0; i < BUILDS; i++) {
            repository
                    .write("deps.txt", "deps " + i / 5 + "\n")
                    .write("src/main.txt", "main " + i + "\n")
                    .commit();
            var record = succeeded(PlannedBuild.of(RUNNING.get(), repository).run());
            records.add(record);
            var frozen = record.cache().frozen().frozen().orElseThrow();
            assertThat(frozen.isNewest()).isTrue();
            assertThat(frozen.images()).isLessThanOrEqualTo(9);
            assertThat(record.cache().frozen().thawed().isPresent()).isEqualTo(i > 0);
            // What has not changed was there.
            assertThat(record.hits()).isEqualTo(i == 0 ? 0 : i % 5 == 0 ? 0 : 2);
            if (i % 5 == 4) {
                var cold = succeeded(PlannedBuild.of(RUNNING.get(), repository)
                        .with(planned -> new Cache.None())
                        .run());
                assertThat(output(record)).isEqualTo(output(cold));
            }
        }
        var fresh = records.getFirst().cache().frozen().frozen().orElseThrow();
        var last = records.getLast().cache().frozen().frozen().orElseThrow();
        assertThat(last.size()).isLessThan(fresh.size() * 3 / 2);
        assertThat(records.stream()
                        .filter(record ->
                                record.cache().frozen().frozen().orElseThrow().isCompacted()))
                .hasSizeBetween(2, 6);
        // What is left of the generations before is too young to be deleted.
        assertThat(stored(records.getLast())).hasSizeGreaterThan(last.images());
    }
}
