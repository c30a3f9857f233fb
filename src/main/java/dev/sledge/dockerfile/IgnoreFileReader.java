package dev.sledge.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads ignore files.
 *
 * @see <a href="https://github.com/moby/patternmatcher/blob/main/ignorefile/ignorefile.go">ignorefile.ReadAll</a>
 */
final class IgnoreFileReader {
    /** Longest line in bytes, less one: what Go's line scanner holds. */
    private static final int LONGEST_LINE = 1 << 16;

    /** A backslash before a letter or digit, which Docker takes for a sign of Go's regular expressions. */
    private static final Pattern ESCAPED_LETTER = Pattern.compile("\\\\[A-Za-z0-9]");

    private final String file;
    private final List<IgnoreRule> rules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    IgnoreFileReader(String file) {
        this.file = file;
    }

    IgnoreReading read(String content) {
        var text = content.startsWith("\ufeff") ? content.substring(1) : content;
        int line = 1;
        for (int at = 0; at < text.length(); line++) {
            int end = DirectiveBlock.endOfLine(text, at);
            read(line, text.substring(at, end));
            at = end;
        }
        return problems.isEmpty()
                ? new IgnoreReading.Read(new IgnoreFile(rules), warnings)
                : new IgnoreReading.Unreadable(problems);
    }

    private void read(int line, String physical) {
        if (physical.getBytes(UTF_8).length > LONGEST_LINE) {
            refuse(line, "the line is longer than the " + LONGEST_LINE + " bytes that Docker reads", "shorten it");
            return;
        }
        var text = Space.trim(physical);
        if (physical.startsWith("#") || text.isEmpty()) return;
        // Docker cleans every pattern twice, and so finds an exception in what was "/!path" as well.
        var twice = CleanPath.of(Space.trim(clean(text)));
        boolean again = twice.startsWith("!");
        var cleaned = again ? twice.substring(1) : twice;
        if (cleaned.isEmpty()) {
            refuse(line, "a '!' stands without a pattern", "write the pattern that is sent again after it");
            return;
        }
        var shown = Findings.quote(text);
        try {
            var fault = PatternSyntax.fault(cleaned);
            if (fault.isPresent()) throw new MalformedRegexp(fault.get());
            rules.add(new IgnoreRule(line, text, again, cleaned, IgnorePattern.of(cleaned)));
            surprise(cleaned)
                    .ifPresent(warning -> warnings.add(problem(line, shown + " " + warning.what, warning.fix)));
        } catch (MalformedRegexp malformed) {
            refuse(
                    line,
                    shown + " is no pattern: " + malformed.why(),
                    "write brackets as '[ab]', and a backslash twice");
        }
    }

    private static String clean(String text) {
        boolean again = text.startsWith("!");
        var pattern = again ? Space.trim(text.substring(1)) : text;
        var cleaned = pattern.isEmpty() ? "" : CleanPath.of(pattern);
        return (again ? "!" : "") + (cleaned.length() > 1 && cleaned.startsWith("/") ? cleaned.substring(1) : cleaned);
    }

    private record Surprise(String what, String fix) {}

    /** What a pattern does that its author can hardly want. */
    private static Optional<Surprise> surprise(String cleaned) {
        if (ESCAPED_LETTER.matcher(cleaned).find()) {
            return Optional.of(new Surprise("has a backslash, which separates no directories", "write / instead"));
        }
        if (cleaned.equals(".") || cleaned.equals("/")) {
            return Optional.of(new Surprise("leaves nothing out", "write * to leave out everything"));
        }
        if (cleaned.startsWith("../") || cleaned.equals("..")) {
            return Optional.of(new Surprise("lies outside of the context and matches nothing", "remove the line"));
        }
        return Optional.empty();
    }

    private void refuse(int line, String what, String fix) {
        problems.add(problem(line, what, fix));
    }

    private Problem problem(int line, String what, String fix) {
        return new Problem(Code.BAD_IGNORE_PATTERN, new SourceLine(file, line), what, fix);
    }
}
