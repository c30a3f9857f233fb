package dev.sledge.dockerfile;

/**
 * One line of an ignore file that says something.
 *
 * @param line where, counted from 1
 * @param text as written, without blanks around it
 * @param again whether it sends again what lines above it leave out: it begins with {@code !}
 * @param cleaned the pattern without the exclamation mark and without superfluous slashes and dots
 */
record IgnoreRule(int line, String text, boolean again, String cleaned, IgnorePattern pattern) {
    /** What a directory's path must begin with if something in it may be sent again; with a slash at its end. */
    String beginning() {
        var text = cleaned;
        if (text.endsWith("/**")) text = text.substring(0, text.length() - 3);
        if (text.endsWith("/*")) text = text.substring(0, text.length() - 2);
        return text + "/";
    }

    /** Whether {@link #beginning} holds a special character and so tells nothing. */
    boolean beginsAnywhere() {
        return beginning().chars().anyMatch(c -> "*[]?^\\".indexOf(c) >= 0);
    }
}
