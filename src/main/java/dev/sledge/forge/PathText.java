package dev.sledge.forge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names from outside as parts of an address: every character that means something there is encoded. */
final class PathText {
    private PathText() {}

    /** Components that stay components, {@code a/b c} as {@code a/b%20c}. */
    static String of(String path) {
        return Arrays.stream(path.split("/", -1)).map(PathText::whole).collect(Collectors.joining("/"));
    }

    /** One component, its slashes too: {@code a/b} as {@code a%2Fb}. */
    static String whole(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    /**
     * A path in a repository.
     *
     * @throws IllegalArgumentException if it leads anywhere else
     */
    static String inRepository(String path) {
        var bad = path.isEmpty() || path.chars().anyMatch(c -> c < ' ' || c == 0x7f);
        for (var component : path.split("/", -1)) {
            bad |= component.isEmpty() || component.equals(".") || component.equals("..");
        }
        if (bad) {
            throw new IllegalArgumentException("a path in a repository has no empty, '.' or '..' components");
        }
        return of(path);
    }
}
