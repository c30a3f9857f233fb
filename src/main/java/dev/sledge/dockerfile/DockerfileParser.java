package dev.sledge.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Dockerfiles as BuildKit does: the same files are accepted, and the same instructions found in them.
 *
 * <p>Takes time and memory in proportion to the file, whatever it holds.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
public final class DockerfileParser {
    /** Largest file that is read, in bytes. */
    public static final int LARGEST_FILE = 1 << 20;

    /** Longest physical line in bytes, its end included: the buffer of BuildKit's line scanner. */
    public static final int LONGEST_LINE = 1 << 16;

    private final Findings findings;
    private final List<Instruction.Arg> globalArgs = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Problem> flaws = new ArrayList<>();
    private final List<Instruction.From> froms = new ArrayList<>();

    private DockerfileParser(String file) {
        this.findings = new Findings(file);
    }

    /** Reads {@code content}; {@code file} is its path as the user knows it, for messages. */
    public static Parsing parse(String file, String content) {
        return parse(file, content.getBytes(UTF_8));
    }

    /** Reads {@code content}, which is UTF-8; what is not becomes U+FFFD. */
    public static Parsing parse(String file, byte[] content) {
        var parser = new DockerfileParser(file);
        if (content.length > LARGEST_FILE) {
            parser.findings.refuse(
                    Phase.PARSE,
                    Code.DOCKERFILE_TOO_LARGE,
                    0,
                    "the file has " + content.length + " bytes, more than " + LARGEST_FILE,
                    "move what it carries into files of the build context");
            return new Parsing.Unparsable(Directives.NONE, Phase.PARSE, parser.findings.problems());
        }
        parser.checkLineLengths(content);
        return parser.parse(file, DockerfileLexer.lex(new String(content, UTF_8), parser.findings));
    }

    private Parsing parse(String file, Lexed lexed) {
        var reader = new InstructionReader(lexed.directives().escape(), findings);
        for (var line : lexed.lines()) {
            if (findings.isFull()) break;
            reader.read(line).ifPresent(instruction -> place(instruction, line));
        }
        closeStage();
        if (froms.isEmpty() && !findings.any()) {
            findings.refuse(
                    Phase.INSTRUCTIONS, Code.NO_STAGE, 0, "the file has no FROM", "add FROM image after its ARGs");
        }
        if (findings.any()) return new Parsing.Unparsable(lexed.directives(), findings.phase(), findings.problems());
        return new Parsing.Parsed(
                new Dockerfile(file, lexed.directives(), globalArgs, stages, lexed.comments()), findings.warnings());
    }

    private void place(Instruction instruction, InstructionLine line) {
        if (instruction instanceof Instruction.From from) {
            closeStage();
            froms.add(from);
        } else if (!froms.isEmpty()) {
            instructions.add(instruction);
        } else if (instruction instanceof Instruction.Arg arg) {
            globalArgs.add(arg);
        } else {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.NO_STAGE,
                    line.line(),
                    instruction.keyword() + " stands before the first FROM",
                    "begin with FROM; only ARG may stand before it");
        }
        flaws.addAll(findings.takeFlaws());
    }

    private void closeStage() {
        if (!froms.isEmpty()) {
            stages.add(new Stage(stages.size(), froms.getLast(), instructions, flaws));
        }
        instructions.clear();
        flaws.clear();
    }

    private void checkLineLengths(byte[] content) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] != '\n' && i + 1 < content.length) continue;
            int length = i + 1 - start;
            if (length > LONGEST_LINE || (length == LONGEST_LINE && content[i] != '\n')) {
                findings.refuse(
                        Phase.PARSE,
                        Code.DOCKERFILE_TOO_LARGE,
                        line,
                        "the line has " + length + " bytes, more than BuildKit reads",
                        "break it with continuations");
            }
            line++;
            start = i + 1;
        }
    }
}
