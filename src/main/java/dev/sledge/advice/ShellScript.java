package dev.sledge.advice;

import dev.sledge.dockerfile.Command;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The simple commands of a {@code RUN}, in their order, as far as they can be told without running a shell: lists, pipes
 * and blocks are taken apart, functions and substitutions are not followed.
 */
final class ShellScript {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");

    /** What stands behind as many commands is not looked at. */
    private static final int MOST_COMMANDS = 200;

    /** What Linux allows; a script that goes further down is no script. */
    private static final int LONGEST_PATH = 4096;

    private final String text;
    private final List<ShellCommand> commands = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean quoted;
    private boolean redirected;
    private int start;
    private String directory = "";

    private ShellScript(String text) {
        this.text = text;
    }

    /** The commands of a {@code RUN} in any of its forms. */
    static List<ShellCommand> commands(Run run) {
        return switch (run.command()) {
            case Command.Shell(var line) -> {
                var documents = run.written().heredocs();
                if (!documents.isEmpty() && feedsShell(line))
                    yield commands(documents.getFirst().text());
                yield commands(line);
            }
            case Command.Exec(var arguments) -> {
                boolean shell = arguments.size() == 3
                        && SHELLS.contains(arguments
                                .getFirst()
                                .substring(arguments.getFirst().lastIndexOf('/') + 1))
                        && arguments.get(1).startsWith("-")
                        && arguments.get(1).endsWith("c");
                if (shell) yield commands(arguments.get(2));
                var program = ShellCommand.fromProgram(arguments);
                yield program.isEmpty()
                        ? List.<ShellCommand>of()
                        : List.of(new ShellCommand(program, String.join(" ", program), ""));
            }
        };
    }

    /** The commands of a script. */
    static List<ShellCommand> commands(String script) {
        return new ShellScript(script).read();
    }

    /** Whether the document is the script itself: nothing but the shell stands before {@code <<}. */
    private static boolean feedsShell(String line) {
        var before = line.substring(0, Math.max(0, line.indexOf("<<"))).strip();
        return before.isEmpty()
                || SHELLS.contains(
                        before.split("\\s+", 2)[0].substring(before.split("\\s+", 2)[0].lastIndexOf('/') + 1));
    }

    private List<ShellCommand> read() {
        for (int at = 0; at < text.length() && commands.size() < MOST_COMMANDS; at++) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> {
                    if (at + 1 < text.length() && text.charAt(++at) != '\n') add(text.charAt(at));
                }
                case '\'', '"' -> at = quote(at);
                case '$', '`' -> at = substitution(at);
                case ' ', '\t', '\r' -> endWord();
                case '#' -> {
                    if (word.isEmpty() && !quoted) at = skipComment(at);
                    else add(c);
                }
                case '>', '<' -> at = redirection(at);
                case ';', '|', '&', '\n', '(', ')' -> {
                    endCommand(at);
                    start = at + 1;
                }
                default -> add(c);
            }
        }
        endCommand(text.length());
        return commands;
    }

    private void add(char c) {
        word.append(c);
    }

    private int quote(int open) {
        char quote = text.charAt(open);
        quoted = true;
        int at = open + 1;
        for (; at < text.length() && text.charAt(at) != quote; at++) {
            if (quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length()) at++;
            add(text.charAt(at));
        }
        return at;
    }

    /** Takes {@code $(…)} and {@code `…`} into the word as they stand. */
    private int substitution(int open) {
        boolean command = text.startsWith("$(", open);
        if (!command && text.charAt(open) == '$') {
            add('$');
            return open;
        }
        int depth = 0;
        int at = open;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            add(c);
            if (command && c == '(') depth++;
            if (command && c == ')' && --depth == 0) break;
            if (!command && c == '`' && at > open) break;
        }
        return at;
    }

    private int skipComment(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end - 1;
    }

    /** Leaves out the redirection, of which only the target may follow as a word. */
    private int redirection(int at) {
        if (word.toString().matches("[0-9]*")) word.setLength(0);
        endWord();
        int end = at;
        while (end + 1 < text.length() && "<>&|-0123456789".indexOf(text.charAt(end + 1)) >= 0) end++;
        redirected = !text.substring(at, end + 1).matches(".*&[0-9-]+");
        return end;
    }

    private void endWord() {
        if (word.isEmpty() && !quoted) return;
        if (!redirected) words.add(word.toString());
        redirected = false;
        quoted = false;
        word.setLength(0);
    }

    private void endCommand(int end) {
        endWord();
        redirected = false;
        var program = ShellCommand.fromProgram(words);
        if (!program.isEmpty()) {
            var command = new ShellCommand(program, text.substring(start, end).strip(), directory);
            commands.add(command);
            if (command.is("cd") && command.words().size() == 2 && directory.length() < LONGEST_PATH) {
                directory = ImagePath.of(directory, command.words().get(1));
            }
        }
        words.clear();
    }
}
