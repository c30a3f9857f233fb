package dev.sledge.advice;

import java.util.ArrayList;

/** Paths inside an image, slash-separated, told apart by their text alone. */
final class ImagePath {
    private ImagePath() {}

    /**
     * Resolves {@code path} against {@code directory}. The result has no dots, no double and no trailing slashes; it is
     * absolute if either of them is, and may be empty if neither is.
     */
    static String of(String directory, String path) {
        var joined = path.startsWith("/") || directory.isEmpty() ? path : directory + "/" + path;
        var elements = new ArrayList<String>();
        for (var element : joined.split("/", -1)) {
            if (element.isEmpty() || element.equals(".")) continue;
            if (element.equals("..") && !elements.isEmpty()) elements.removeLast();
            else if (!element.equals("..")) elements.add(element);
        }
        return (joined.startsWith("/") ? "/" : "") + String.join("/", elements);
    }

    /** How to write {@code path} seen from {@code directory}: relative if it lies below. */
    static String from(String directory, String path) {
        if (path.equals(directory)) return ".";
        var start = directory.endsWith("/") ? directory : directory + "/";
        return path.startsWith(start) ? path.substring(start.length()) : path;
    }

    /** The directory part; empty for a name alone. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** The last element. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
