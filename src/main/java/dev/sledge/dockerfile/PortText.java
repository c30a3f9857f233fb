package dev.sledge.dockerfile;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A port of {@code EXPOSE}, such as {@code 80}, {@code 53/udp} or {@code 8000-8010}.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert_expose.go">
 *     parsePort</a>
 */
final class PortText {
    private static final Set<String> PROTOCOLS = Set.of("", "tcp", "udp", "sctp");
    private static final Pattern NUMBER = Pattern.compile("\\+?0*[0-9]{1,5}");
    private static final int LARGEST = 65_535;

    private PortText() {}

    /** What is wrong with the port inside the container; addresses and ports of the host are left to the build. */
    static Optional<Fault> fault(String written) {
        var container = written.substring(written.lastIndexOf(':') + 1);
        int slash = container.indexOf('/');
        var ports = slash < 0 ? container : container.substring(0, slash);
        var protocol = slash < 0 ? "" : container.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (isRange(ports) && PROTOCOLS.contains(protocol)) return Optional.empty();
        return Optional.of(
                new Fault(Findings.quote(written) + " is no port", "write one such as 8080, 53/udp or 8000-8010"));
    }

    private static boolean isRange(String ports) {
        int dash = ports.indexOf('-');
        var first = dash < 0 ? ports : ports.substring(0, dash);
        var last = dash < 0 ? first : ports.substring(dash + 1);
        return isPort(first) && isPort(last) && Integer.parseInt(first) <= Integer.parseInt(last);
    }

    private static boolean isPort(String number) {
        return NUMBER.matcher(number).matches() && Integer.parseInt(number) <= LARGEST;
    }
}
