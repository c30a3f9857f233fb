package dev.sledge.plan;

/**
 * How long CodeBuild lets one build run before it stops it with status {@code TIMED_OUT}.
 *
 * <p>Whole minutes, 5 to 2160 (36 hours). Time spent queued has its own limit and does not count here.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html">timeoutInMinutesOverride</a>
 */
public record BuildTimeout(int minutes) {
    public static final BuildTimeout ONE_HOUR = new BuildTimeout(60);

    public BuildTimeout {
        if (minutes < 5 || minutes > 2160) {
            throw new IllegalArgumentException("a build's time-out is 5 to 2160 minutes, not " + minutes);
        }
    }
}
