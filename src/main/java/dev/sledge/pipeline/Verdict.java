package dev.sledge.pipeline;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.CommitStatus.State;
import dev.sledge.build.FinishedBuild.Status;
import java.util.Locale;

/**
 * What a finished build comes to, as a forge or a line of a log says it.
 *
 * @param words one sentence: the file and line that failed, or how long it took and what the cache had
 */
public record Verdict(State state, String words) {
    public static Verdict of(BuildRecord record) {
        return new Verdict(state(record.outcome()), words(record));
    }

    private static State state(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded() -> State.PASSED;
            // The image is what was asked for: nobody's change is held up.
            case Outcome.CacheBroken broken -> State.PASSED;
            case Outcome.InstructionFailed failed -> State.FAILED;
            case Outcome.BuildFailed failed -> State.FAILED;
            case Outcome.DiskFull full -> State.ERROR;
            case Outcome.Ended(var status) -> status == Status.STOPPED ? State.CANCELLED : State.ERROR;
        };
    }

    private static String words(BuildRecord record) {
        return switch (record.outcome()) {
            case Outcome.Succeeded() ->
                String.format(
                        Locale.ROOT,
                        "built in %.0f s, %d of %d steps from cache%s",
                        record.finished().took().toMillis() / 1000.0,
                        record.hits(),
                        record.hits() + record.runs(),
                        record.plan().pushes() ? "" : "; not pushed, since it comes from a fork");
            case Outcome.CacheBroken(var why) -> "built, but the cache is broken: " + why;
            case Outcome.InstructionFailed(var stage, var step, var failure) ->
                record.plan().recipe().dockerfile() + ":" + step.line() + ": " + step.instruction() + " failed";
            case Outcome.BuildFailed(var phase, var words) -> "the build failed in phase " + phase;
            case Outcome.DiskFull(var words) -> "the disk of the build machine is full";
            case Outcome.Ended(var status) -> "the build ended as " + status;
        };
    }
}
