package dev.sledge.advice;

import dev.sledge.dockerfile.Comment;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comment that keeps a rule quiet: {@code # sledge ignore=DC06 reason: the tests want the newest}.
 *
 * <p>It counts for the instruction below it, or for the one in whose lines it stands; above the first instruction it
 * counts for the whole file.
 *
 * @param rules the ids that it names
 * @param reason why; empty if it does not say
 * @param scope the lines for which it counts
 */
record Silence(Comment comment, List<String> rules, String reason, Lines scope) {
    private static final Pattern FORM =
            Pattern.compile("sledge\\s+ignore\\s*=\\s*([A-Za-z0-9,]+)(?:\\s+reason:\\s*(.*))?.*", Pattern.DOTALL);

    Silence {
        rules = List.copyOf(rules);
    }

    /** Those of a file, in its order. */
    static List<Silence> of(Dockerfile dockerfile) {
        var instructions = instructions(dockerfile);
        return dockerfile.comments().stream()
                .map(comment -> read(comment, instructions))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Silence> read(Comment comment, List<Lines> instructions) {
        var form = FORM.matcher(comment.text());
        if (!form.matches()) return Optional.empty();
        var reason = form.group(2) == null ? "" : form.group(2).strip();
        return Optional.of(
                new Silence(comment, List.of(form.group(1).split(",")), reason, scope(comment, instructions)));
    }

    private static Lines scope(Comment comment, List<Lines> instructions) {
        if (comment.line() < instructions.getFirst().first()) return new Lines(1, Integer.MAX_VALUE);
        return instructions.stream()
                .filter(lines -> lines.last() >= comment.line())
                .findFirst()
                .orElse(new Lines(comment.line(), comment.line()));
    }

    private static List<Lines> instructions(Dockerfile dockerfile) {
        var all = new ArrayList<Lines>();
        dockerfile.globalArgs().forEach(arg -> all.add(arg.lines()));
        dockerfile.stages().stream()
                .flatMap(stage -> Stream.concat(
                        Stream.of(stage.lines()), stage.instructions().stream().map(Instruction::lines)))
                .forEach(all::add);
        all.sort(Comparator.comparingInt(Lines::first));
        return all;
    }

    /** Whether it keeps {@code finding} quiet. */
    boolean covers(Finding finding) {
        int line = finding.lines().first();
        return rules.contains(finding.rule()) && scope.first() <= line && line <= scope.last();
    }
}
