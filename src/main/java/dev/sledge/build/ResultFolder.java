package dev.sledge.build;

import dev.sledge.event.CommitId;
import dev.sledge.plan.BuildPlan;

/**
 * The folder of one build's results: {@code results/<repository>/<ref>/<number>-<commit>}.
 *
 * <p>Repository and ref are written as the image's path and tag are, so they are safe in a key and no two share one.
 */
public record ResultFolder(String path) {
    /** The folder of all builds of the plan's image and ref. */
    public static String parent(BuildPlan plan) {
        return "results/" + plan.output().image().path() + "/" + plan.output().refTag();
    }

    public static ResultFolder of(BuildPlan plan, StartedBuild build) {
        return of(parent(plan), build.number(), plan.source().commit());
    }

    private static ResultFolder of(String parent, int number, CommitId commit) {
        return new ResultFolder(parent + "/" + number + "-" + commit);
    }

    public String key(String name) {
        return path + "/" + name;
    }

    @Override
    public String toString() {
        return path;
    }
}
