package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.StepOutcome;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a build with a frozen engine executes is what it would on an engine whose state never left its disk ({@code cache: host}), whatever was
 * changed.
 */
class FrozenStepsIT {
    /** Whatever order a file system gives its files in. */
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim AS tools
            ARG VERSION=1
            RUN echo "$VERSION" > /version

            FROM tools AS build
            WORKDIR /src
            ENV GREETING=hello
            COPY deps.txt .
            RUN --mount=type=cache,target=/kept cat deps.txt >> /kept/log && cp deps.txt fetched.txt
            COPY src/ src/
            RUN --mount=type=cache,target=/kept echo "$GREETING" >> /kept/log && find src -type f | sort | xargs cat > out.txt && ls -lR src | wc -l > listing.txt

            FROM debian:trixie-slim AS package
            LABEL stage=package
            COPY --from=build /src/out.txt /src/listing.txt /app/
            COPY --from=tools --chmod=0644 /version /app/
            RUN sha256sum /app/* > /app/sums
            CMD ["cat", "/app/sums"]
            """;

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    /** Of a directory with a Dockerfile. */
    private interface Change {
        void in(Path directory) throws IOException;
    }

    private static Change written(String file, String content) {
        return directory -> {
            var path = directory.resolve(file);
            Files.createDirectories(path.resolve("..").normalize());
            Files.writeString(path, content);
        };
    }

    private static Change dockerfile(String from, String to) {
        return directory -> {
            var file = directory.resolve("Dockerfile");
            var text = Files.readString(file);
            assertThat(text).contains(from);
            Files.writeString(file, text.replace(from, to));
        };
    }

    private static Change mode(String file, String mode) {
        return directory ->
                Files.setPosixFilePermissions(directory.resolve(file), PosixFilePermissions.fromString(mode));
    }

    private static Change link(String file, String target) {
        return directory -> {
            Files.deleteIfExists(directory.resolve(file));
            Files.createSymbolicLink(directory.resolve(file), Path.of(target));
        };
    }

    private static SequencedMap<String, Change> changes() {
        var changes = new LinkedHashMap<String, Change>();
        changes.put("the first build", directory -> {});
        changes.put("nothing", directory -> {});
        changes.put("a file", written("src/main.txt", "second\n"));
        changes.put("the file as it was", written("src/main.txt", "first\n"));
        changes.put("one file more", written("src/more/other.txt", "other\n"));
        changes.put(
                "a file's name",
                directory ->
                        Files.move(directory.resolve("src/more/other.txt"), directory.resolve("src/more/another.txt")));
        changes.put("a file less", directory -> Files.delete(directory.resolve("src/more/another.txt")));
        changes.put("a mode", mode("src/main.txt", "rwxr-xr-x"));
        changes.put("the mode as it was", mode("src/main.txt", "rw-r--r--"));
        changes.put("a link", link("src/link", "main.txt"));
        changes.put("where the link goes", link("src/link", "none.txt"));
        changes.put("a file in the place of the link", directory -> {
            Files.delete(directory.resolve("src/link"));
            Files.writeString(directory.resolve("src/link"), "no link\n");
        });
        changes.put("a file that no step copies", written("README.md", "read\n"));
        changes.put("a dependency", written("deps.txt", "deps 2\n"));
        changes.put("the dependency as it was", written("deps.txt", "deps\n"));
        changes.put("an argument", dockerfile("ARG VERSION=1", "ARG VERSION=2"));
        changes.put("the argument as it was", dockerfile("ARG VERSION=2", "ARG VERSION=1"));
        changes.put("the environment", dockerfile("GREETING=hello", "GREETING=\"good day\""));
        changes.put("a comment", dockerfile("WORKDIR /src", "# Here.\nWORKDIR /src"));
        changes.put("blanks in a command", dockerfile("RUN sha256sum /app/*", "RUN   sha256sum   /app/*"));
        changes.put("one step more", dockerfile("CMD [", "RUN date > /date\nCMD ["));
        changes.put("a step less", dockerfile("RUN date > /date\n", ""));
        changes.put("a label", dockerfile("LABEL stage=package", "LABEL stage=last"));
        changes.put("a step in another place", directory -> {
            dockerfile("LABEL stage=last\n", "").in(directory);
            dockerfile("CMD [", "LABEL stage=last\nCMD [").in(directory);
        });
        changes.put("what is executed", dockerfile("CMD [\"cat\"", "CMD [\"wc\""));
        changes.put("the mode of a copy", dockerfile("--chmod=0644", "--chmod=0600"));
        changes.put(
                "another cache mount",
                dockerfile(
                        "RUN --mount=type=cache,target=/kept echo",
                        "RUN --mount=type=cache,id=other,target=/kept echo"));
        changes.put("the cache mount as it was", dockerfile("type=cache,id=other,", "type=cache,"));
        changes.put("what is ignored", written(".dockerignore", "src/link\n"));
        changes.put("an ignored file", written("src/link", "ignored\n"));
        changes.put("the base of a stage", dockerfile("FROM tools AS build", "FROM debian:trixie-slim AS build"));
        changes.put("the base as it was", dockerfile("FROM debian:trixie-slim AS build", "FROM tools AS build"));
        return changes;
    }

    private static TestRepository repository(Path directory, String cache) throws Exception {
        return TestRepository.create(
                        Files.createDirectory(directory.resolve(cache)), "steps-" + cache + "-" + UUID.randomUUID())
                .write("sledge.yml", "cache: " + cache + "\n")
                .write("Dockerfile", DOCKERFILE)
                .write("deps.txt", "deps\n")
                .write("src/main.txt", "first\n");
    }

    /** Of each step of each stage whether it ran. */
    private static List<String> steps(TestRepository repository) throws Exception {
        var record = PlannedBuild.of(RUNNING.get(), repository.commit()).run();
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.cacheFaults()).isEmpty();
        return steps(record);
    }

    private static List<String> steps(BuildRecord record) {
        var steps = new ArrayList<String>();
        for (var stage : record.stages()) {
            for (var step : stage.steps()) {
                steps.add(stage.stage().name() + ": " + step.step().instruction() + ": "
                        + (step.outcome() instanceof StepOutcome.Hit ? "hit" : "run"));
            }
        }
        return steps;
    }

    private static CompletableFuture<List<String>> building(TestRepository repository) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return steps(repository);
            } catch (Exception e) { // as git fails
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void theSameStepsRunAsOnAnEngineThatStays(@TempDir Path directory) throws Exception {
        var frozen = repository(directory, "frozen");
        var host = repository(directory, "host");
        for (var change : changes().entrySet()) {
            change.getValue().in(frozen.directory());
            change.getValue().in(host.directory());
            var expected = building(host);
            assertThat(building(frozen).join()).as(change.getKey()).isEqualTo(expected.join());
        }
    }
}
