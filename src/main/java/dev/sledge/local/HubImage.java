package dev.sledge.local;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image of Docker Hub by tag, the only kind that an engine asks a mirror for.
 *
 * @param path with {@code library/} for official images
 */
record HubImage(String path, String tag) {
    private static final Pattern NAME = Pattern.compile(
            "(?:docker\\.io/)?([a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?");

    /** Reads a reference as FROM writes it; one of another registry or by digest is none. */
    static Optional<HubImage> parse(String reference) {
        var name = NAME.matcher(reference);
        if (!name.matches()) {
            return Optional.empty();
        }
        var path = name.group(1);
        var slash = path.indexOf('/');
        var first = slash < 0 ? "" : path.substring(0, slash);
        if (first.contains(".") || first.equals("localhost")) {
            return Optional.empty();
        }
        var tag = name.group(2) == null ? "latest" : name.group(2);
        return Optional.of(new HubImage(slash < 0 ? "library/" + path : path, tag));
    }
}
