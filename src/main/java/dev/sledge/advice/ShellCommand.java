package dev.sledge.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One simple command of a {@code RUN}: a program and its arguments.
 *
 * @param words without quotes, without assignments, redirections and words such as {@code sudo} in front of the program;
 *     at least one
 * @param text as written
 * @param directory what the {@code cd}s before it add to the working directory; empty if there are none
 */
record ShellCommand(List<String> words, String text, String directory) {
    /** Words that may stand before the program. */
    private static final Set<String> LEADING = Set.of(
            "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "sudo", "env", "nice",
            "command", "-E");

    private static final List<String> WINDOWS_SUFFIXES = List.of(".exe", ".cmd", ".bat", ".EXE");

    ShellCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command without a program");
        }
    }

    /** The words of a command from its program on; empty if it has none. */
    static List<String> fromProgram(List<String> words) {
        int start = 0;
        while (start < words.size() && (LEADING.contains(words.get(start)) || isAssignment(words.get(start)))) start++;
        return words.subList(start, words.size());
    }

    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0
                && word.substring(0, equals).chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c))
                && !Character.isDigit(word.charAt(0));
    }

    /** The program's name without its directory and a Windows suffix. */
    String program() {
        var name = words.getFirst().replace('\\', '/');
        name = name.substring(name.lastIndexOf('/') + 1);
        for (var suffix : WINDOWS_SUFFIXES) {
            if (name.endsWith(suffix)) return name.substring(0, name.length() - suffix.length());
        }
        return name;
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    boolean is(String program) {
        return program().equals(program);
    }

    /** The arguments that are no options, in their order. */
    List<String> operands() {
        return arguments().stream().filter(word -> !word.startsWith("-")).toList();
    }

    /** The first argument that is no option, the value of one of {@code valued} not counted; empty if there is none. */
    String subcommand(String... valued) {
        var operands = operands(valued);
        return operands.isEmpty() ? "" : operands.getFirst();
    }

    /** The arguments that are neither options nor the values of those named. */
    List<String> operands(String... valued) {
        var options = Set.of(valued);
        var operands = new ArrayList<String>();
        for (int i = 1; i < words.size(); i++) {
            var word = words.get(i);
            if (options.contains(word)) i++;
            else if (!word.startsWith("-")) operands.add(word);
        }
        return operands;
    }

    boolean has(String... options) {
        var wanted = Set.of(options);
        return arguments().stream().anyMatch(wanted::contains);
    }

    /** The values of the options of these names, written {@code -o value}, {@code --option value} or {@code --option=value}. */
    List<String> values(String... options) {
        var values = new ArrayList<String>();
        for (int i = 1; i < words.size(); i++) {
            var word = words.get(i);
            for (var option : options) {
                if (word.equals(option) && i + 1 < words.size()) values.add(words.get(i + 1));
                else if (option.startsWith("--") && word.startsWith(option + "=")) {
                    values.add(word.substring(option.length() + 1));
                } else if (!option.startsWith("--") && word.startsWith(option) && word.length() > 2) {
                    values.add(word.substring(2));
                }
            }
        }
        return values;
    }
}
