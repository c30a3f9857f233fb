package dev.sledge.build;

import java.util.Optional;

/** Builds that their service started again by itself or because a person told it to, without Sledge. */
public interface Repetitions {
    /**
     * The folder of the build that Sledge started and that {@code build} does again.
     *
     * @return empty if it does none again
     * @throws ResultsUnavailableException if the service does not say
     */
    Optional<ResultFolder> first(FinishedBuild build);

    /** Of a service that starts no build again. */
    static Repetitions none() {
        return build -> Optional.empty();
    }
}
