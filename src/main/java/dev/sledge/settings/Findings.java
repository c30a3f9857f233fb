package dev.sledge.settings;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with one file of settings, all of it. */
final class Findings {
    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    /** @param line counted from 1; 0 means the file as a whole */
    void add(Code code, int line, String what, String fix) {
        problems.add(new Problem(code, new SourceLine(file, line), what, fix));
    }

    void bad(Node value, String what, String fix) {
        add(Code.BAD_SETTING, line(value), what, fix);
    }

    /** What {@code make} makes; if it refuses, its reason is a problem of the line of {@code value}. */
    <T> Optional<T> valid(Node value, Supplier<T> make, String fix) {
        try {
            return Optional.of(make.get());
        } catch (IllegalArgumentException e) {
            bad(value, String.valueOf(e.getMessage()), fix);
            return Optional.empty();
        }
    }

    /** The line on which a node begins. */
    static int line(Node node) {
        return SettingsYaml.line(node.getStartMark());
    }

    int count() {
        return problems.size();
    }

    /** In the order of the file's lines. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparingInt(problem -> problem.where().line()))
                .toList();
    }
}
