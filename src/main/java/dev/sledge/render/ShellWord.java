package dev.sledge.render;

import java.util.regex.Pattern;

/** One word of a POSIX shell command, quoted so that the shell reads back exactly {@code raw}. */
public record ShellWord(String raw) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public ShellWord {
        if (raw.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a shell word cannot hold a NUL");
        }
    }

    @Override
    public String toString() {
        return SAFE.matcher(raw).matches() ? raw : "'" + raw.replace("'", "'\\''") + "'";
    }
}
