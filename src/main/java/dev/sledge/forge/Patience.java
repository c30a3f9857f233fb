package dev.sledge.forge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How long a forge is waited for.
 *
 * @param whole for one request, from the first byte sent to the last one received
 * @param longest pause before a request is repeated; a forge that wants a longer one is taken at its word, and not asked again
 * @param attempts at one request
 * @param sleep lets the time pass
 */
record Patience(Duration whole, Duration longest, int attempts, Consumer<Duration> sleep) {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    /** A function has minutes; a push should take seconds. */
    static Patience usual() {
        return new Patience(Duration.ofSeconds(30), Duration.ofSeconds(20), 4, Patience::pass);
    }

    private static void pass(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ForgeException("interrupted while waiting for a forge", e);
        }
    }

    /** How long to wait before asking again; empty if the answer stands. */
    Optional<Duration> pauseAfter(ForgeAnswer answer, int attempt, Instant now) {
        if (attempt >= attempts || !isForNow(answer)) {
            return Optional.empty();
        }
        var pause = wanted(answer, now).orElse(pauseAfter(attempt));
        return pause.compareTo(longest) > 0
                ? Optional.empty()
                : Optional.of(pause.isNegative() ? Duration.ZERO : pause);
    }

    /** The pause where nobody says how long it should be. */
    static Duration pauseAfter(int attempt) {
        return Duration.ofSeconds(1L << (attempt - 1));
    }

    /**
     * GitHub answers 403 when a limit is met, and says so in headers.
     *
     * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api">rate limits</a>
     */
    private static boolean isForNow(ForgeAnswer answer) {
        return switch (answer.status()) {
            case 429, 500, 502, 503, 504 -> true;
            case 403 ->
                answer.header("Retry-After").isPresent()
                        || answer.header("X-RateLimit-Remaining").equals(Optional.of("0"));
            default -> false;
        };
    }

    private static Optional<Duration> wanted(ForgeAnswer answer, Instant now) {
        return seconds(answer, "Retry-After")
                .map(Duration::ofSeconds)
                .or(() -> answer.header("X-RateLimit-Remaining").equals(Optional.of("0"))
                        ? seconds(answer, "X-RateLimit-Reset")
                                .map(reset -> Duration.between(now, Instant.ofEpochSecond(reset)))
                        : Optional.empty());
    }

    private static Optional<Long> seconds(ForgeAnswer answer, String header) {
        return answer.header(header)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Long::parseLong);
    }
}
