package dev.sledge.event;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What git takes as the name of a branch or a tag; and a space, which it refuses. A name from a delivery is data all the same, and one
 * with a space does no harm that a name like {@code a$(id)} could not do.
 *
 * @see <a href="https://git-scm.com/docs/git-check-ref-format">git check-ref-format</a>
 */
final class RefName {
    private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x1f\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{");
    private static final int LONGEST = 1024;

    private RefName() {}

    static boolean isValid(String name) {
        if (name.length() > LONGEST
                || name.endsWith(".")
                || FORBIDDEN.matcher(name).find()) {
            return false;
        }
        for (var component : name.split("/", -1)) {
            if (component.isEmpty() || component.startsWith(".") || component.endsWith(".lock")) {
                return false;
            }
        }
        // Half a surrogate pair has no bytes of its own: two such names would become one where names are hashed.
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
