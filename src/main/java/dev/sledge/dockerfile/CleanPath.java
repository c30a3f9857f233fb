package dev.sledge.dockerfile;

import java.util.ArrayList;

/**
 * The shortest name of a slash-separated path, by its text alone.
 *
 * @see <a href="https://pkg.go.dev/path/filepath#Clean">filepath.Clean</a>
 */
final class CleanPath {
    private CleanPath() {}

    /** Removes empty and {@code .} elements, and each {@code ..} with the element before it; {@code .} if nothing is left. */
    static String of(String path) {
        boolean rooted = path.startsWith("/");
        var elements = new ArrayList<String>();
        for (var element : path.split("/", -1)) {
            if (element.isEmpty() || element.equals(".")) continue;
            if (!element.equals("..")) {
                elements.add(element);
            } else if (!elements.isEmpty() && !elements.getLast().equals("..")) {
                elements.removeLast();
            } else if (!rooted) {
                elements.add(element);
            }
        }
        var joined = (rooted ? "/" : "") + String.join("/", elements);
        return joined.isEmpty() ? "." : joined;
    }
}
