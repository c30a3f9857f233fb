package dev.sledge.build;

import dev.sledge.Golden;
import dev.sledge.build.FinishedBuild.Phase;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.ImageRegistry.StoredImage;
import dev.sledge.image.Digest;
import dev.sledge.plan.BuildPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A real build as a directory: its {@code plan.json}, its log ({@code buildkit.jsonl} without what tells progress, or
 * {@code classic.jsonl}) and how it ended, {@code status.txt}.
 */
public record LogCase(Path directory) {
    public static List<LogCase> all() {
        return Golden.cases("build/logs").stream().map(LogCase::new).toList();
    }

    public static LogCase of(String name) {
        return new LogCase(Path.of("src/test/resources/build/logs", name));
    }

    BuildPlan plan() {
        return PlanJson.read(Golden.read(directory.resolve("plan.json")));
    }

    boolean isClassic() {
        return Files.exists(directory.resolve("classic.jsonl"));
    }

    String text() {
        return Golden.read(directory.resolve(isClassic() ? "classic.jsonl" : "buildkit.jsonl"));
    }

    BuildLog read(String text) {
        return isClassic() ? ClassicLog.read(text) : BuildKitLog.read(text);
    }

    /** The record of the build, had {@code text} been its log. */
    BuildRecord record(String text) {
        var status = Status.valueOf(Golden.read(directory.resolve("status.txt")).strip());
        var succeeded = status == Status.SUCCEEDED;
        var phases = List.of(
                new Phase("INSTALL", Duration.ofMillis(1520), true, ""),
                new Phase("PRE_BUILD", Duration.ofMillis(340), true, ""),
                new Phase("BUILD", Duration.ofMillis(21_250), succeeded, succeeded ? "" : "docker: exit status 1"));
        var finished = new FinishedBuild(
                new StartedBuild("sledge:6f1d", 7),
                "arn:sledge:6f1d",
                Instant.parse("2026-11-25T22:32:48.500Z"),
                Duration.ofMillis(24_050),
                status,
                phases);
        var image = new StoredImage(new Digest("sha256:" + "ab".repeat(32)), List.of(31_000_000L, 1_234L));
        var output = plan().output();
        var published = new BuildRecord.Published(image, List.of(output.commitTag(), output.refTag()));
        return RecordAssembly.assemble(
                plan(),
                finished,
                read(text),
                new EngineReport.Told(EngineReport.Place.MEMORY, 812, "builds need 700 MiB"),
                CacheLogs.none(),
                succeeded ? Optional.of(published) : Optional.empty());
    }

    public BuildRecord record() {
        return record(text());
    }

    @Override
    public String toString() {
        return String.valueOf(directory.getFileName());
    }
}
