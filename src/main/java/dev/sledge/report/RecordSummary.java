package dev.sledge.report;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.BuildRecord.Published;
import dev.sledge.build.StepOutcome;
import dev.sledge.plan.BuildPlan;
import java.util.Locale;

/** A record as a person reads it on a terminal after the build. */
public final class RecordSummary {
    private RecordSummary() {}

    /** The record in lines, the last one ended too. */
    public static String of(BuildRecord record) {
        var text = new StringBuilder();
        for (var stage : record.stages()) {
            for (var step : stage.steps()) {
                var shown = "[" + stage.stage().name() + "] " + step.step().instruction();
                text.append(String.format(
                        Locale.ROOT,
                        "%-4s %6.1f s  %s\n",
                        word(step.outcome()),
                        step.outcome().took().toMillis() / 1000.0,
                        Printable.line(shown, Printable.WIDTH)));
            }
        }
        text.append(String.format(
                Locale.ROOT,
                "%d steps hit, %d run, %.1f s in all\n",
                record.hits(),
                record.runs(),
                record.finished().took().toMillis() / 1000.0));
        record.cacheFaults()
                .forEach(fault -> text.append("cache: ").append(fault).append('\n'));
        return text.append(outcome(record)).toString();
    }

    private static String word(StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Hit hit -> "hit";
            case StepOutcome.Ran ran -> "run";
            case StepOutcome.Failed failed -> "FAIL";
            case StepOutcome.NotReached notReached -> "-";
        };
    }

    private static String outcome(BuildRecord record) {
        var plan = record.plan();
        return switch (record.outcome()) {
            case Outcome.Succeeded() -> images(record);
            case Outcome.CacheBroken(var why) -> images(record) + "the cache is broken: " + Printable.of(why) + "\n";
            case Outcome.InstructionFailed(var stage, var step, var failure) ->
                indent(failure.output())
                        + plan.recipe().dockerfile() + ":" + step.line() + ": "
                        + Printable.of(step.instruction() + " failed: " + failure.error())
                        + "; mend it and push again\n";
            case Outcome.BuildFailed(var phase, var words) ->
                indent(words) + "the build failed in phase " + phase + "\n";
            case Outcome.DiskFull(var words) ->
                "the disk of the build machine is full (" + Printable.of(words)
                        + "); give it more room, or make the image smaller\n";
            case Outcome.Ended(var status) ->
                "the build ended as " + status + " before it was done"
                        + record.finished().phases().stream()
                                .filter(phase -> !phase.succeeded())
                                .map(phase -> ": " + phase.message())
                                .findFirst()
                                .orElse("")
                        + "; push again, or see sledge doctor\n";
        };
    }

    private static String images(BuildRecord record) {
        var text = new StringBuilder();
        if (!record.plan().pushes()) {
            text.append("nothing was pushed: the change comes from a fork\n");
        }
        record.image().forEach(image -> text.append(published(record.plan(), image)));
        return text.toString();
    }

    private static String published(BuildPlan plan, Published image) {
        var output = plan.output();
        var text = new StringBuilder();
        image.tags().forEach(tag -> text.append(output.image().tagged(tag)).append('\n'));
        if (!image.tags().contains(output.refTag())) {
            text.append(output.refTag())
                    .append(" stays where it is: a newer commit of ")
                    .append(Printable.of(plan.source().ref().full()))
                    .append(" was pushed\n");
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%s, %.1f MB compressed\n",
                        image.digest(),
                        image.stored().size() / 1e6))
                .toString();
    }

    private static String indent(Iterable<String> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append("    ").append(Printable.of(line)).append('\n'));
        return text.toString();
    }
}
