package dev.sledge.dockerfile;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads durations such as {@code 1h30m}, {@code 1.5s} or {@code 300ms}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
final class GoDuration {
    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Pattern PART =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{0,18})?|\\.[0-9]{1,18})([a-z\u00b5\u03bc]+)");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** Empty if {@code text} is no duration, or one of more than 292 years. */
    static Optional<Duration> parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        var rest = signed ? text.substring(1) : text;
        if (rest.equals("0")) return Optional.of(Duration.ZERO);
        if (rest.isEmpty()) return Optional.empty();
        var sum = BigDecimal.ZERO;
        var part = PART.matcher(rest);
        for (int at = 0; at < rest.length(); at = part.end()) {
            if (!part.region(at, rest.length()).lookingAt()) return Optional.empty();
            var unit = NANOSECONDS.getOrDefault(part.group(2), 0L);
            sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            if (unit == 0 || sum.compareTo(LONGEST) > 0) return Optional.empty();
        }
        var duration = Duration.ofNanos(sum.setScale(0, RoundingMode.DOWN).longValueExact());
        return Optional.of(text.startsWith("-") ? duration.negated() : duration);
    }
}
