package dev.sledge.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/** DC01: the sources are copied before what they depend on is installed. */
final class SourceBeforeDependencies extends DockerfileRule {
    SourceBeforeDependencies() {
        super(
                "DC01",
                "The sources are copied before the dependencies are installed, so every change installs them again.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new LinkedHashMap<String, Finding>();
        for (var stage : built(review)) {
            for (var early : new InstallOrder(review, stage).early()) {
                var run = early.run().lines();
                var place = run.first() + " " + early.install().command().text();
                findings.putIfAbsent(place, finding(review, early));
            }
        }
        return findings.values().stream()
                .sorted(Comparator.comparingInt(found -> found.lines().first()))
                .toList();
    }

    private Finding finding(Review review, EarlyCopy early) {
        var history = review.history();
        int wasted = history.changed(early::wouldRunAgain, early::isNeeded);
        boolean never = history.tells() && wasted == 0;
        boolean kept = review.mounts() == Review.Mounts.KEPT && early.hasCacheMount();
        var severity = early.isSure() && !never && !kept ? Severity.WARNING : Severity.INFO;
        double share = history.tells() ? (double) wasted / history.size() : 0.8;
        double seconds = early.install().ecosystem().seconds();
        return finding(
                review,
                severity,
                early.copy().lines(),
                String.join(" ", message(review, early, wasted)),
                new EarlierInstall(review, early).text(),
                share * seconds);
    }

    private static List<String> message(Review review, EarlyCopy early, int wasted) {
        var sentences = new ArrayList<String>();
        var command = early.install().command().text().replaceAll("\\s+", " ");
        sentences.add("Line %d copies %s before `%s` (line %d); any change of a file runs it again."
                .formatted(
                        early.copy().lines().first(),
                        early.brought().whole() ? "the whole context" : "sources",
                        command.length() > 60 ? command.substring(0, 59) + "…" : command,
                        early.run().lines().first()));
        int size = review.history().size();
        if (size > 0) {
            sentences.add("%d of the last %d commits would have run it again for nothing.".formatted(wasted, size));
        }
        if (early.hasCacheMount() && review.mounts() == Review.Mounts.LOST) {
            sentences.add("Its cache mount does not help: each build starts with an empty one.");
        }
        return sentences;
    }
}
