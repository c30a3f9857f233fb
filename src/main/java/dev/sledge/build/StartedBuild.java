package dev.sledge.build;

/**
 * A build that runs.
 *
 * @param id as the service names it, {@code project:uuid}
 * @param number counted from 1 in its project
 */
public record StartedBuild(String id, int number) {
    public StartedBuild {
        if (number < 1) {
            throw new IllegalArgumentException("build number " + number + " must be 1 or more");
        }
    }
}
