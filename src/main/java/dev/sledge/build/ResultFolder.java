package dev.sledge.build;

import dev.sledge.event.CommitId;
import dev.sledge.plan.BuildPlan;

/**
 * A folder of one build: its results are in {@code results/<repository>/<ref>/<number>-<commit>}.
 *
 * <p>Repository and ref are written as the image's path and tag are, so they are safe in a key and no two share one.
 */
public record ResultFolder(String path) {
    /** What builds store themselves lies below. */
    public static final String UPLOADS = "uploads";

    /** The folder of all builds of the plan's image and ref. */
    public static String parent(BuildPlan plan) {
        return "results/" + plan.output().image().path() + "/" + plan.output().refTag();
    }

    public static ResultFolder of(BuildPlan plan, StartedBuild build) {
        return in(parent(plan), build, plan.source().commit());
    }

    /**
     * The folder of one build below that of its image and ref.
     *
     * @param parent as {@link #parent} gives it
     */
    public static ResultFolder in(String parent, StartedBuild build, CommitId commit) {
        return new ResultFolder(parent + "/" + build.number() + "-" + commit);
    }

    /**
     * What a build stored itself, {@code uploads/<ARN of the build>}. A build may write there and nowhere else: what it says of itself can
     * be wrong, but it is said of no other build.
     *
     * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/permissions-conditionkeys-variables.html">codebuild:buildArn</a>
     */
    public static ResultFolder uploads(FinishedBuild build) {
        return new ResultFolder(UPLOADS + "/" + build.arn());
    }

    public String key(String name) {
        return path + "/" + name;
    }

    @Override
    public String toString() {
        return path;
    }
}
