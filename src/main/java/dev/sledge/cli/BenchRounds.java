package dev.sledge.cli;

import dev.sledge.cli.ProjectRepository.Change;
import dev.sledge.local.LocalServiceException;
import dev.sledge.local.Narrator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Comparisons in rounds: a change is built by every way before the next one is made. */
final class BenchRounds {
    private final List<Builder> runners;
    private final Narrator narrator;
    private final Map<List<String>, List<BenchRunner.Run>> measured = new LinkedHashMap<>();
    private int changes;

    /** One of those that are compared. */
    interface Builder {
        /** How it builds. */
        BenchWay way();

        /**
         * Makes a change and builds it.
         *
         * @param number of the change; no two are alike
         * @throws LocalServiceException if the build fails
         */
        BenchRunner.Run run(Change change, int number);
    }

    BenchRounds(List<? extends Builder> runners, Narrator narrator) {
        this.runners = List.copyOf(runners);
        this.narrator = narrator;
    }

    /** Builds each way's project for the first time, which nobody measures. */
    void begin() {
        for (var runner : runners) {
            narrator.say(runner.way().label() + ": the first build");
            runner.run(Change.FIRST, 0);
        }
    }

    /** Makes a change as often as that and builds it. */
    void measure(Change change, int runs) {
        for (var run = 1; run <= runs; run++) {
            var number = ++changes;
            for (var runner : runners) {
                var way = runner.way().label();
                var name = change.name().toLowerCase(Locale.ROOT);
                narrator.say(name + ", " + way + ": " + run + " of " + runs);
                measured.computeIfAbsent(List.of(name, way), key -> new ArrayList<>())
                        .add(built(runner, change, number));
            }
        }
    }

    /**
     * A build of an engine that is never stopped is done again if it fails, with a change more: such an engine loses a layer now and then that
     * the next image stands on ({@code parent snapshot … does not exist}), and that is no end of hours of work. Any other way that fails ends
     * the comparison: its next build would not have the cache that it is measured with.
     */
    private BenchRunner.Run built(Builder runner, Change change, int number) {
        try {
            return runner.run(change, number);
        } catch (LocalServiceException e) {
            if (!(runner.way() instanceof BenchWay.Persistent)) {
                throw e;
            }
            narrator.say(runner.way().label() + " failed and is run again: " + e.getMessage());
            return runner.run(change, ++changes);
        }
    }

    /** What is measured by now. */
    List<BenchRow> rows() {
        return measured.entrySet().stream()
                .map(row -> BenchRow.of(row.getKey().getFirst(), row.getKey().getLast(), row.getValue()))
                .toList();
    }
}
