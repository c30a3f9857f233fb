package dev.sledge.dockerfile;

/**
 * The parser directives in the leading comment block.
 *
 * @param syntax image of the frontend from {@code # syntax=}, up to the first space; empty if none is named
 * @param escape the escape and continuation character: a backslash or a backtick
 * @param check the options from {@code # check=}, as written; empty if there are none
 * @see <a href="https://docs.docker.com/reference/dockerfile/#parser-directives">Parser directives</a>
 */
public record Directives(String syntax, char escape, String check) {
    /** Those of a file that has none. */
    static final Directives NONE = new Directives("", '\\', "");

    public Directives {
        if (escape != '\\' && escape != '`') {
            throw new IllegalArgumentException("escape character '" + escape + "' must be \\ or `");
        }
    }
}
