package dev.sledge.problem;

/**
 * One thing that is wrong with a user's file: what, where, and how to mend it.
 *
 * @param code names the kind of problem, for programs and for searching
 * @param where the line it is about
 * @param what one clause without a full stop, such as {@code COPY --from=bulid names no stage}
 * @param fix what to write instead
 */
public record Problem(Code code, SourceLine where, String what, String fix) {
    /** Enough to recognise a line by; a message is read, not searched. */
    private static final int QUOTED = 60;

    /** The kind of a problem; the name is what the user sees in brackets. */
    public enum Code {
        DOCKERFILE_MISSING,
        DOCKERFILE_TOO_LARGE,
        DOCKERFILE_SYNTAX,
        DOCKERFILE_EMPTY,
        BAD_DIRECTIVE,
        EMPTY_CONTINUATION,
        UNTERMINATED_HEREDOC,
        UNKNOWN_INSTRUCTION,
        BAD_ARGUMENTS,
        UNKNOWN_FLAG,
        BAD_FLAG,
        BAD_MOUNT,
        BAD_TRIGGER,
        NO_STAGE,
        BAD_STAGE_NAME,
        STAGE_NAME_CASE,
        DUPLICATE_STAGE,
        BAD_PLATFORM,
        BAD_BASE_IMAGE,
        UNKNOWN_STAGE,
        UNKNOWN_TARGET,
        STAGE_CYCLE,
        STAGE_NOT_YET_DEFINED,
        BAD_VARIABLE,
        BAD_IGNORE_PATTERN,
        SETTINGS_SYNTAX,
        UNKNOWN_SETTING,
        BAD_SETTING,
        NOT_SUPPORTED,
    }

    /** {@code text} in quotes, on one line, shortened to what a message bears. */
    public static String quote(String text) {
        return "'" + shown(text, QUOTED) + "'";
    }

    /** The first {@code longest} characters of a text that may come from a file, with control characters replaced. */
    public static String shown(String text, int longest) {
        var shown = text.length() <= longest ? text : text.substring(0, longest) + "…";
        return shown.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
    }

    /** One line, as a compiler would print it: {@code Dockerfile:14: COPY --from=bulid names no …[UNKNOWN_STAGE]; use …}. */
    @Override
    public String toString() {
        return where + ": " + what + " [" + code + "]; " + fix;
    }
}
