package dev.sledge.dockerfile;

import dev.sledge.problem.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The signals that {@code STOPSIGNAL} knows.
 *
 * @see <a href="https://github.com/moby/sys/blob/main/signal/signal_linux.go">signal_linux.go</a>
 */
final class Signals {
    private static final Set<String> NAMES =
            Set.copyOf(List.of(("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL"
                            + " PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH"
                            + " XCPU XFSZ RTMIN RTMAX")
                    .split(" ")));
    private static final Pattern REAL_TIME = Pattern.compile("RTMIN\\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4])");
    private static final Pattern NUMBER = Pattern.compile("[+-]?0*[1-9][0-9]{0,17}");

    private Signals() {}

    static Optional<Fault> fault(String signal) {
        var upper = signal.toUpperCase(Locale.ROOT);
        var name = upper.startsWith("SIG") ? upper.substring("SIG".length()) : upper;
        boolean known = NUMBER.matcher(signal).matches()
                || NAMES.contains(name)
                || REAL_TIME.matcher(name).matches();
        if (known) return Optional.empty();
        return Optional.of(new Fault(
                Findings.quote(signal) + " is no signal",
                Suggestion.orElse(name, NAMES, "write one such as SIGTERM or 9")));
    }
}
