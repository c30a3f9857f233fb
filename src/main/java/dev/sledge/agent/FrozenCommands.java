package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The commands about frozen engines.
 *
 * <ul>
 *   <li>{@code thaw s3://BUCKET/PREFIX ROOT REPORT SCOPE…} gives the state's directory {@code ROOT} what the first scope has that can be
 *       thawed, and serves it until it is ended, or ends if none can
 *   <li>{@code freeze s3://BUCKET/PREFIX ROOT REPORT SCOPE} stops the engine and keeps its state as the scope's newest
 * </ul>
 *
 * <p>{@code SLEDGE_FROZEN_WAY} names the best {@link Way} that is tried.
 *
 * @param run where thaw and freeze find what the other left
 */
record FrozenCommands(S3Client s3, Tagging readers, Tagging named, Path run, Map<String, String> environment) {
    /** Of a build container; it has one engine. */
    static final Path RUN = Path.of("/run/sledge/frozen");

    /** Whether something could be thawed; if so, this process has to live as long as the engine. */
    boolean thaw(List<String> arguments) throws IOException, InterruptedException {
        if (arguments.size() < 4) {
            throw new UsageException("thaw needs s3://BUCKET/PREFIX ROOT REPORT SCOPE…");
        }
        var ways = Way.from(environment.getOrDefault("SLEDGE_FROZEN_WAY", ""));
        var store = store(arguments);
        return new Thaw(store, new SignedImages(s3, store), state(arguments), run, ways, report(arguments))
                .thaw(arguments.subList(3, arguments.size()));
    }

    void freeze(List<String> arguments) throws IOException, InterruptedException {
        if (arguments.size() != 4) {
            throw new UsageException("freeze needs s3://BUCKET/PREFIX ROOT REPORT SCOPE");
        }
        var report = report(arguments);
        try {
            new Freeze(
                            store(arguments),
                            state(arguments),
                            run,
                            Path.of(environment.getOrDefault("CODEBUILD_SRC_DIR", "")),
                            environment.getOrDefault("CODEBUILD_BUILD_ARN", ""),
                            InstantSource.system(),
                            report)
                    .freeze(arguments.get(3));
        } catch (IOException e) {
            report.add("not_frozen", Report.event().put("why", e.getMessage()));
            throw e;
        }
    }

    private FrozenStore store(List<String> arguments) {
        return new FrozenStore(s3, S3Address.parse(arguments.getFirst()), readers, named);
    }

    private static EngineState state(List<String> arguments) {
        return new EngineState(Path.of(arguments.get(1)));
    }

    private static Report report(List<String> arguments) {
        return new Report(Path.of(arguments.get(2)));
    }
}
