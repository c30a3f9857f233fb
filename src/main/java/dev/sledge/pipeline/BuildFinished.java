package dev.sledge.pipeline;

import dev.sledge.build.BuildKitLog;
import dev.sledge.build.BuildLog;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.ClassicLog;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.ImageRegistry.StoredImage;
import dev.sledge.build.PlanJson;
import dev.sledge.build.RecordAssembly;
import dev.sledge.build.RecordJson;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.Results;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.render.BuildspecRenderer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A finished build becomes a record, and its image, if it is pushed, the newest of its ref. */
public final class BuildFinished {
    private final Results results;
    private final ImageRegistry registry;
    private final BuildStatuses statuses;

    /** @param statuses tell the forge how it ended */
    public BuildFinished(Results results, ImageRegistry registry, BuildStatuses statuses) {
        this.statuses = statuses;
        this.results = results;
        this.registry = registry;
    }

    /**
     * Writes {@code record.json} and moves the ref's tag. The same build may be handled again: it ends the same.
     *
     * @param folder the build's, where its plan lies
     * @throws IllegalStateException if there is no plan: nothing that Sledge started
     */
    public BuildRecord handle(ResultFolder folder, FinishedBuild finished) {
        var plan = results.get(folder, "plan.json")
                .map(json -> PlanJson.read(new String(json, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new IllegalStateException("no plan.json in " + folder));
        var record = RecordAssembly.assemble(plan, finished, log(folder, plan), image(plan, finished));
        results.put(folder, "record.json", RecordJson.text(record).getBytes(StandardCharsets.UTF_8));
        statuses.finished(record, folder);
        return record;
    }

    /** Tags before the record is written, so that a record never names a tag that is not there. */
    private Optional<StoredImage> image(BuildPlan plan, FinishedBuild finished) {
        if (finished.status() != FinishedBuild.Status.SUCCEEDED || !plan.pushes()) {
            return Optional.empty();
        }
        registry.tag(plan.output().commitImage(), plan.output().refTag());
        return registry.find(plan.output().commitImage());
    }

    private BuildLog log(ResultFolder folder, BuildPlan plan) {
        var name = BuildspecRenderer.logName(plan.cache()) + ".zst";
        return results.get(folder, name)
                .map(stored -> read(plan.cache(), StoredLog.text(stored)))
                .orElseGet(BuildLog::none);
    }

    private static BuildLog read(Cache cache, String text) {
        return switch (cache) {
            case Cache.Registry registry -> BuildKitLog.read(text);
            case Cache.None none -> BuildKitLog.read(text);
            case Cache.Classic classic -> ClassicLog.read(text);
        };
    }
}
