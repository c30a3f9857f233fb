package dev.sledge.build;

/**
 * Where the caches of a repository lie in the bucket: {@code cache/<ARN of the project that writes them>}, since that is what the policy of a
 * build's role knows of a build.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/permissions-conditionkeys-variables.html">codebuild:projectArn</a>
 */
public final class CacheFolder {
    /** What all of them lie below. */
    public static final String CACHE = "cache";

    private CacheFolder() {}

    /** The folder that builds of a project write. */
    public static ResultFolder of(String projectArn) {
        return new ResultFolder(CACHE + "/" + projectArn);
    }

    /** The folder that a build wrote, {@code …:build/<project>:<id>}. */
    static ResultFolder of(FinishedBuild build) {
        var project = build.arn().substring(0, build.arn().lastIndexOf(':')).replace(":build/", ":project/");
        return of(project);
    }
}
