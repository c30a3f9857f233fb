package dev.sledge.cli;

import dev.sledge.advice.Finding;
import dev.sledge.advice.Severity;
import dev.sledge.problem.Problem;

/**
 * One line of what {@code sledge check} says: a finding of the advice, or a problem that reading a file brought up.
 *
 * @param rule a rule's id such as {@code DC01}, or a problem's code
 * @param file from the root of the repository
 * @param line first line, counted from 1; also where the file as a whole is meant
 */
record Reported(String rule, Severity severity, String file, int line, int endLine, String message, String fix) {
    static Reported of(Finding finding) {
        return new Reported(
                finding.rule(),
                finding.severity(),
                finding.file(),
                finding.lines().first(),
                finding.lines().last(),
                finding.message(),
                finding.fix());
    }

    static Reported of(Problem problem, Severity severity) {
        int line = Math.max(1, problem.where().line());
        return new Reported(
                problem.code().name(),
                severity,
                problem.where().file(),
                line,
                line,
                problem.what() + ".",
                problem.fix());
    }

    /** Whether a rule of the advice says it, which has a page. */
    boolean isAdvice() {
        return rule.matches("DC[0-9]{2}");
    }
}
