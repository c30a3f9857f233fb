package dev.sledge.pipeline;

import dev.sledge.build.Bucket;
import dev.sledge.build.BuildHistory;
import dev.sledge.build.BuildKitLog;
import dev.sledge.build.BuildLog;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.BuildRecord.Published;
import dev.sledge.build.CacheLogs;
import dev.sledge.build.CacheProof;
import dev.sledge.build.Claims;
import dev.sledge.build.ClassicLog;
import dev.sledge.build.EngineReport;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FrozenReport;
import dev.sledge.build.FrozenSweep;
import dev.sledge.build.Heads;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.PlanJson;
import dev.sledge.build.RecordAssembly;
import dev.sledge.build.RecordJson;
import dev.sledge.build.RefCaches;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.build.Repetitions;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.Results;
import dev.sledge.build.SharedFiles;
import dev.sledge.plan.BuildPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A finished build becomes a record, and the tag of its ref follows its image if that is pushed, and still the newest. */
public final class BuildFinished {
    private final Results results;
    private final ImageRegistry registry;
    private final SharedFiles shared;
    private final Heads heads;
    private final RefTags tags;
    private final RefCaches caches;
    private final BuildHistory history;
    private final BuildStatuses statuses;
    private final Repetitions repetitions;

    /**
     * @param statuses tell the forge how it ended
     * @param repetitions tell of which build a build is another attempt
     */
    public BuildFinished(Bucket bucket, ImageRegistry registry, BuildStatuses statuses, Repetitions repetitions) {
        this.statuses = statuses;
        this.repetitions = repetitions;
        this.results = bucket.results();
        this.shared = bucket.shared();
        this.registry = registry;
        this.history = new BuildHistory(bucket.shared());
        this.heads = new Heads(bucket.shared());
        this.tags = new RefTags(heads, registry);
        this.caches = new RefCaches(bucket, registry);
    }

    /**
     * Moves the tags of the refs that came to this commit, writes {@code record.json} if it is not there yet, and tells the forge. The same build may be handled again: what
     * was done stays as it is.
     *
     * @param folder the build's, where its plan lies
     * @throws IllegalStateException if there is no plan: nothing that Sledge started
     */
    public BuildRecord handle(ResultFolder folder, FinishedBuild finished) {
        var plan = plan(folder, finished);
        var log = log(folder, finished);
        var record = proved(
                RecordAssembly.assemble(
                        plan, finished, log, engine(finished), cache(folder, finished), image(plan, finished)),
                log);
        if (results.get(folder, "record.json").isEmpty()) {
            results.put(folder, "record.json", RecordJson.text(record).getBytes(StandardCharsets.UTF_8));
        }
        if (!record.image().isEmpty()) {
            Claims.refs(shared, plan).stream()
                    .filter(ref -> !ref.equals(plan.source().ref()))
                    .forEach(ref -> tags.follow(plan, ref));
        }
        noteCaches(plan, finished);
        FrozenSweep.after(record, results);
        statuses.finished(record, folder);
        return record;
    }

    /** So that they go when their ref does; which may be gone already. */
    private void noteCaches(BuildPlan plan, FinishedBuild finished) {
        var writes = !plan.cache().writes().isEmpty() || !plan.mounts().to().isEmpty();
        if (finished.status() != FinishedBuild.Status.SUCCEEDED || !writes) {
            return;
        }
        caches.note(plan, finished);
        if (heads.newest(plan.source().repository(), plan.source().ref()).isEmpty()) {
            caches.delete(plan.source().repository(), plan.source().ref());
        }
    }

    /** Compares it with the other builds of its image, and adds it to them. */
    private BuildRecord proved(BuildRecord record, BuildLog log) {
        if (!(record.outcome() instanceof Outcome.Succeeded)) {
            return record;
        }
        var others = history.add(record.plan().output().image(), record, log);
        return CacheProof.broken(record, log, others)
                .map(why -> record.withOutcome(new Outcome.CacheBroken(why)))
                .orElse(record);
    }

    /** A repetition has the plan of the first, and gets it into its own folder. */
    private BuildPlan plan(ResultFolder folder, FinishedBuild finished) {
        var json = results.get(folder, "plan.json").or(() -> {
            var first = repetitions.first(finished).flatMap(other -> results.get(other, "plan.json"));
            first.ifPresent(plan -> results.put(folder, "plan.json", plan));
            return first;
        });
        return json.map(plan -> PlanJson.read(new String(plan, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new IllegalStateException("no plan.json in " + folder));
    }

    /** Tags before the record is written, so that a record never names a tag that is not there. */
    private Optional<Published> image(BuildPlan plan, FinishedBuild finished) {
        if (finished.status() != FinishedBuild.Status.SUCCEEDED || !plan.pushes()) {
            return Optional.empty();
        }
        var output = plan.output();
        var image = registry.find(output.commitImage())
                .orElseThrow(() -> new RegistryUnavailableException(
                        output.commitImage() + " was pushed, and the registry does not have it"));
        var names = tags.follow(plan, plan.source().ref())
                ? List.of(output.commitTag(), output.refTag())
                : List.of(output.commitTag());
        return Optional.of(new Published(image, names));
    }

    /** Of the builder that built: where there is no BuildKit, that is another one than was planned. */
    private BuildLog log(ResultFolder folder, FinishedBuild finished) {
        return text(folder, finished, BuildLog.OF_BUILDKIT)
                .<BuildLog>map(BuildKitLog::read)
                .or(() -> text(folder, finished, BuildLog.OF_CLASSIC).map(ClassicLog::read))
                .orElseGet(BuildLog::none);
    }

    private EngineReport engine(FinishedBuild finished) {
        return results.get(ResultFolder.uploads(finished), EngineReport.FILE)
                .map(json -> EngineReport.read(new String(json, StandardCharsets.UTF_8)))
                .orElseGet(EngineReport.Untold::new);
    }

    private CacheLogs cache(ResultFolder folder, FinishedBuild finished) {
        return new CacheLogs(
                text(folder, finished, CacheLogs.CHECKS).orElse(""),
                text(folder, finished, CacheLogs.FIRST_ATTEMPT).orElse(""),
                text(folder, finished, CacheLogs.KEEP).orElse(""),
                text(folder, finished, FrozenReport.FILE).orElse(""));
    }

    /** What the build stored is kept with its results: the uploads are gone after some days. */
    private Optional<String> text(ResultFolder folder, FinishedBuild finished, String name) {
        var uploaded = results.get(ResultFolder.uploads(finished), name + ".gz").map(StoredLog::uploaded);
        uploaded.ifPresent(text -> results.put(folder, name + ".zst", StoredLog.kept(text)));
        return uploaded.or(() -> results.get(folder, name + ".zst").map(StoredLog::text));
    }
}
