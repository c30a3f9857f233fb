package dev.sledge.pipeline;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatus.State;
import dev.sledge.build.CommitStatuses;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.StatusNotToldException;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildRequest;
import dev.sledge.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells the forge how the builds of a commit are, one status an image. Whatever becomes of telling, the build is as it is. */
public final class BuildStatuses {
    private static final String CONTEXT = "sledge";

    private final CommitStatuses statuses;
    private final URI results;
    private final Consumer<String> faults;

    /**
     * @param results where a person reads results: statuses lead there
     * @param faults hears why a status could not be told
     */
    public BuildStatuses(CommitStatuses statuses, URI results, Consumer<String> faults) {
        this.statuses = statuses;
        this.results = results;
        this.faults = faults;
    }

    /** For builds that no forge waits for. */
    public static BuildStatuses toNobody() {
        return new BuildStatuses((repository, ref, commit, status) -> {}, URI.create("http://localhost"), fault -> {});
    }

    void started(BuildPlan plan, ResultFolder folder) {
        tell(plan, folder, State.RUNNING, "the image is being built");
    }

    void unbuildable(BuildRequest request, List<Problem> problems) {
        tell(() -> statuses.tell(
                request.repository(),
                request.ref(),
                request.commit(),
                new CommitStatus(State.FAILED, CONTEXT, problems.getFirst().toString(), results)));
    }

    void finished(BuildRecord record, ResultFolder folder) {
        tell(record.plan(), folder, state(record.outcome()), description(record));
    }

    private void tell(BuildPlan plan, ResultFolder folder, State state, String description) {
        var target = URI.create(results + "/" + folder.key("record.json"));
        var source = plan.source();
        var status = new CommitStatus(state, plan.output().image().path(), description, target);
        tell(() -> statuses.tell(source.repository(), source.ref(), source.commit(), status));
    }

    private void tell(Runnable telling) {
        try {
            telling.run();
        } catch (StatusNotToldException e) {
            faults.accept("the status was not told: " + e.getMessage());
        }
    }

    private static State state(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded() -> State.PASSED;
            case Outcome.InstructionFailed failed -> State.FAILED;
            case Outcome.BuildFailed failed -> State.FAILED;
            case Outcome.DiskFull full -> State.ERROR;
            case Outcome.Ended(var status) -> status == Status.STOPPED ? State.CANCELLED : State.ERROR;
        };
    }

    private static String description(BuildRecord record) {
        return switch (record.outcome()) {
            case Outcome.Succeeded() ->
                String.format(
                        Locale.ROOT,
                        "built in %.0f s, %d of %d steps from cache",
                        record.finished().took().toMillis() / 1000.0,
                        record.hits(),
                        record.hits() + record.runs());
            case Outcome.InstructionFailed(var stage, var step, var failure) ->
                record.plan().recipe().dockerfile() + ":" + step.line() + ": " + step.instruction() + " failed";
            case Outcome.BuildFailed(var phase, var words) -> "the build failed in phase " + phase;
            case Outcome.DiskFull(var words) -> "the disk of the build machine is full";
            case Outcome.Ended(var status) -> "the build ended as " + status;
        };
    }
}
