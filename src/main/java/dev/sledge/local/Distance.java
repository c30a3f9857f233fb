package dev.sledge.local;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How far away a service is taken to be that answers on this machine, so that measurements are about services that do not.
 *
 * @param firstByte from a request until the first byte of its answer
 * @param bytesPerSecond of one connection
 */
record Distance(Duration firstByte, long bytesPerSecond) {
    /** Milliseconds and megabytes a second, {@code 15/90}, of the S3 server. */
    private static final String VARIABLE = "SLEDGE_S3_DISTANCE";

    Distance {
        if (firstByte.isNegative() || bytesPerSecond <= 0) {
            throw new IllegalArgumentException(
                    bytesPerSecond + " bytes a second after " + firstByte + " are no distance");
        }
    }

    /**
     * Of the S3 server.
     *
     * @throws LocalServiceException if the environment says something that is no distance
     */
    static Optional<Distance> ofS3(Map<String, String> environment) {
        var said = environment.getOrDefault(VARIABLE, "");
        if (said.isEmpty()) {
            return Optional.empty();
        }
        try {
            var parts = said.split("/", 2);
            return Optional.of(
                    new Distance(Duration.ofMillis(Long.parseLong(parts[0])), Long.parseLong(parts[1]) * 1_000_000));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new LocalServiceException(
                    VARIABLE + "=" + said + " is no distance; write milliseconds/megabytes a second, such as 15/90", e);
        }
    }
}
