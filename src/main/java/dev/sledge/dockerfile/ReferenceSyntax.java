package dev.sledge.dockerfile;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The grammar of image references.
 *
 * @see <a href="https://github.com/distribution/reference/blob/main/reference.go">reference.go</a>
 */
final class ReferenceSyntax {
    private static final int LONGEST_PATH = 255;

    /** More than domain, path, tag and digest take together; keeps the patterns from long texts. */
    private static final int LONGEST = 1024;

    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?:\\[[a-fA-F0-9:]+\\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)"
                    + "(?::[0-9]+)?");
    private static final Pattern COMPONENT = Pattern.compile("[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Map<String, Integer> DIGEST_DIGITS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    private ReferenceSyntax() {}

    /** Why {@code reference} names no image, as a clause; empty if it does. */
    static Optional<String> fault(String reference) {
        if (reference.length() > LONGEST) return Optional.of("is longer than " + LONGEST + " characters");
        if (IDENTIFIER.matcher(reference).matches()) return Optional.of("is an image id, which no registry knows");
        int slash = reference.indexOf('/');
        var first = slash < 0 ? "" : reference.substring(0, slash);
        boolean hasDomain = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        if (hasDomain && !DOMAIN.matcher(first).matches()) return Optional.of("has an invalid registry name");
        return remainderFault(hasDomain ? reference.substring(slash + 1) : reference);
    }

    private static Optional<String> remainderFault(String remainder) {
        int at = remainder.indexOf('@');
        var named = at < 0 ? remainder : remainder.substring(0, at);
        int colon = named.indexOf(':');
        var path = colon < 0 ? named : named.substring(0, colon);
        if (!path.equals(path.toLowerCase(Locale.ROOT)))
            return Optional.of("has capital letters in its repository name");
        for (var component : path.split("/", -1)) {
            if (!COMPONENT.matcher(component).matches()) return Optional.of("has an invalid repository name");
        }
        if (path.length() > LONGEST_PATH) return Optional.of("has a repository name longer than " + LONGEST_PATH);
        if (colon >= 0 && !TAG.matcher(named.substring(colon + 1)).matches()) return Optional.of("has an invalid tag");
        return at < 0 || isDigest(remainder.substring(at + 1))
                ? Optional.empty()
                : Optional.of("has an invalid digest");
    }

    private static boolean isDigest(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) return false;
        var digits = text.substring(colon + 1);
        return HEX.matcher(digits).matches()
                && digits.length() == DIGEST_DIGITS.getOrDefault(text.substring(0, colon), -1);
    }
}
