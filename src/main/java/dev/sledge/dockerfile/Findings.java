package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with one file while it is read, each with the phase in which BuildKit would refuse it. */
final class Findings {
    /** Problems of one phase that are kept: nobody mends more at once. */
    private static final int MOST = 1000;

    /** Several quoted texts and the words around them. */
    private static final int LONGEST = 300;

    private record Finding(Phase phase, Problem problem) {}

    private final String file;
    private final List<Finding> refusals = new ArrayList<>();
    private final Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    private final List<Problem> warnings = new ArrayList<>();
    private List<Problem> flaws = new ArrayList<>();
    private int flawCount;

    Findings(String file) {
        this.file = file;
    }

    /** Another collection for the same file, for what may turn out not to matter. */
    Findings aside() {
        return new Findings(file);
    }

    void refuse(Phase phase, Code code, int line, String what, String fix) {
        refuse(phase, problem(code, line, what, fix));
    }

    void refuse(Phase phase, Problem problem) {
        if (counts.merge(phase, 1, Integer::sum) <= MOST) refusals.add(new Finding(phase, problem));
    }

    void warn(Code code, int line, String what, String fix) {
        warn(problem(code, line, what, fix));
    }

    void warn(Problem problem) {
        if (warnings.size() < MOST) warnings.add(problem);
    }

    /** Notes what is refused only when the stage is built. */
    void flaw(Code code, int line, String what, String fix) {
        if (flawCount++ < MOST) flaws.add(problem(code, line, what, fix));
    }

    /** The flaws since the last call. */
    List<Problem> takeFlaws() {
        var taken = flaws;
        flaws = new ArrayList<>();
        return taken;
    }

    /** How many refusals there have been so far, those beyond the bound included. */
    int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether there are enough of them that reading on is of no use to anybody. */
    boolean isFull() {
        return count() >= MOST;
    }

    boolean any() {
        return !refusals.isEmpty();
    }

    /** The refusals of {@code phase}. */
    List<Problem> problems(Phase phase) {
        return refusals.stream()
                .filter(finding -> finding.phase == phase)
                .map(Finding::problem)
                .toList();
    }

    /** The earliest phase that refuses. */
    Phase phase() {
        return refusals.stream()
                .map(Finding::phase)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** All refusals: those of the earliest phase first, then in the order of the file. */
    List<Problem> problems() {
        var first = phase();
        return refusals.stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.phase != first)
                        .thenComparingInt(finding -> finding.problem.where().line()))
                .map(Finding::problem)
                .toList();
    }

    List<Problem> warnings() {
        return warnings.stream()
                .sorted(Comparator.comparingInt(problem -> problem.where().line()))
                .toList();
    }

    /** A problem of this file that is not yet one of its findings; each of its texts becomes one line. */
    Problem problem(Code code, int line, String what, String fix) {
        return new Problem(code, new SourceLine(file, line), Problem.shown(what, LONGEST), Problem.shown(fix, LONGEST));
    }

    /** {@code text} in quotes, on one line, shortened to what a message bears. */
    static String quote(String text) {
        return Problem.quote(text);
    }
}
