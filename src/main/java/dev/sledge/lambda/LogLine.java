package dev.sledge.lambda;

import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.plan.BuildPlan;

/** What the functions log: one line an event, what it is about before what became of it. Lambda wraps it in JSON with time and request. */
final class LogLine {
    private static final int LONGEST = 1_000;

    private LogLine() {}

    static String of(RepositoryEvent event, String what) {
        return of(event.repository(), event.ref(), what);
    }

    static String of(BuildPlan.Source source, String what) {
        return of(source.repository(), source.ref(), source.commit() + ": " + what);
    }

    private static String of(Repository repository, GitRef ref, String what) {
        return plain(repository.host() + "/" + repository + " " + ref.full() + ": " + what);
    }

    /** The event as it was queued, and all that is known of why it failed. */
    static String failure(String body, RuntimeException fault) {
        var text = new StringBuilder("failed, and tried again: ")
                .append(body)
                .append(": ")
                .append(fault);
        for (var cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; because ").append(cause);
        }
        return plain(text.toString());
    }

    /** Names come from outside: none of them may look like a line of its own. */
    static String plain(String text) {
        var line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
