package dev.sledge.cli;

/**
 * One finding as a workflow command that GitHub Actions shows beside the line.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions">Workflow commands</a>
 */
final class GitHubAnnotation {
    private GitHubAnnotation() {}

    static String of(Reported reported) {
        var command = switch (reported.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
        return "::" + command
                + " file=" + property(reported.file())
                + ",line=" + reported.line()
                + ",endLine=" + reported.endLine()
                + ",title=" + property(reported.rule())
                + "::" + data(reported.message() + "\n\n" + reported.fix());
    }

    /** The percent sign first, as it is part of the other escapes. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
