package dev.sledge.pipeline;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatus.State;
import dev.sledge.build.CommitStatuses;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.StatusNotToldException;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildRequest;
import dev.sledge.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the forge how the builds of a commit are, one status an image. Whatever becomes of telling, the build is as it is. */
public final class BuildStatuses {
    private static final String CONTEXT = "sledge";

    private final CommitStatuses statuses;
    private final Optional<URI> results;
    private final Consumer<String> faults;

    /**
     * @param results where a person reads results, if there is such a place: statuses lead there
     * @param faults hears why a status could not be told
     */
    public BuildStatuses(CommitStatuses statuses, Optional<URI> results, Consumer<String> faults) {
        this.statuses = statuses;
        this.results = results;
        this.faults = faults;
    }

    /** For builds that no forge waits for. */
    public static BuildStatuses toNobody() {
        return new BuildStatuses((repository, ref, commit, status) -> {}, Optional.empty(), fault -> {});
    }

    void started(BuildPlan plan, ResultFolder folder) {
        tell(plan, folder, new Verdict(State.RUNNING, "the image is being built"));
    }

    void unbuildable(BuildRequest request, List<Problem> problems) {
        tell(() -> statuses.tell(
                request.repository(),
                request.ref(),
                request.commit(),
                new CommitStatus(State.FAILED, CONTEXT, problems.getFirst().toString(), results)));
    }

    /** However the build was told to end, which may have been before its image was there. */
    void isThere(BuildPlan plan, ResultFolder folder) {
        tell(plan, folder, new Verdict(State.PASSED, "the image is there"));
    }

    void finished(BuildRecord record, ResultFolder folder) {
        tell(record.plan(), folder, Verdict.of(record));
    }

    private void tell(BuildPlan plan, ResultFolder folder, Verdict verdict) {
        var target = results.map(root -> URI.create(root + "/" + folder.key("record.json")));
        var source = plan.source();
        var status = new CommitStatus(verdict.state(), plan.output().image().path(), verdict.words(), target);
        tell(() -> statuses.tell(source.repository(), source.ref(), source.commit(), status));
    }

    private void tell(Runnable telling) {
        try {
            telling.run();
        } catch (StatusNotToldException e) {
            faults.accept("the status was not told: " + e.getMessage());
        }
    }
}
