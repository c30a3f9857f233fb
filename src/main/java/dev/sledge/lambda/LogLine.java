package dev.sledge.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.StartedBuild;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.plan.BuildPlan;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One line of a function's log, a JSON object: {@code level}, {@code message}, and as far as they are known {@code repository} with its host,
 * {@code ref}, {@code commit} and {@code build}. CloudWatch finds the fields by itself. Names come from outside; as values of JSON none of
 * them can look like a line of its own.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html">discovered fields</a>
 */
final class LogLine {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 4_000;

    private final String level;
    private final String message;
    private final SequencedMap<String, String> about;

    private LogLine(String level, String message, SequencedMap<String, String> about) {
        this.level = level;
        this.message = message;
        this.about = about;
    }

    static LogLine info(String message) {
        return new LogLine("INFO", message, new TreeMap<>());
    }

    /** Something went wrong, and what was to be done is done all the same. */
    static LogLine warning(String message) {
        return new LogLine("WARN", message, new TreeMap<>());
    }

    /** It is tried again. */
    static LogLine error(String message, RuntimeException fault) {
        var text = new StringBuilder(message).append(": ").append(fault);
        for (var cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; because ").append(cause);
        }
        return new LogLine("ERROR", text.toString(), new TreeMap<>());
    }

    LogLine about(RepositoryEvent event) {
        var line = about(event.repository()).with("ref", event.ref().full());
        return switch (event) {
            case Pushed push -> line.with("commit", push.commit().hex());
            case PullRequestUpdated update -> line.with("commit", update.head().toString());
            case RefDeleted deleted -> line;
        };
    }

    LogLine about(BuildPlan.Source source) {
        return about(source.repository())
                .with("ref", source.ref().full())
                .with("commit", source.commit().hex());
    }

    LogLine about(StartedBuild build) {
        return with("build", build.id());
    }

    private LogLine about(Repository repository) {
        return with("repository", repository.host() + "/" + repository);
    }

    LogLine with(String key, String value) {
        var more = new TreeMap<>(about);
        more.put(key, value);
        return new LogLine(level, message, more);
    }

    @Override
    public String toString() {
        var line = JSON.createObjectNode().put("level", level);
        about.forEach(line::put);
        line.put("message", message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message);
        return line + "\n";
    }
}
