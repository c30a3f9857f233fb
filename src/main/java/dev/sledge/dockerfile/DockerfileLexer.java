package dev.sledge.dockerfile;

import dev.sledge.problem.Problem.Code;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a Dockerfile into logical lines: directives read, comments set apart, continuations joined, heredocs attached.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go">parser.Parse</a>
 */
final class DockerfileLexer {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final String text;
    private final Findings findings;
    private final DirectiveBlock directives = new DirectiveBlock("#");
    private final List<InstructionLine> lines = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private char escape = '\\';
    private int at;
    private int line;

    private DockerfileLexer(String text, Findings findings) {
        this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        this.findings = findings;
    }

    static Lexed lex(String text, Findings findings) {
        return new DockerfileLexer(text, findings).all();
    }

    private Lexed all() {
        while (hasNext()) {
            var first = Space.trimLeft(withoutEnd(next()));
            var directive = directives.next(first);
            directive.ifPresent(this::apply);
            if (isComment(first)) {
                if (directive.isEmpty()) comment(first);
            } else if (!first.isEmpty()) {
                instruction(first);
            }
        }
        if (lines.isEmpty() && !findings.any()) {
            findings.refuse(
                    Phase.PARSE, Code.DOCKERFILE_EMPTY, line, "the file has no instructions", "begin with FROM image");
        }
        return new Lexed(
                new Directives(DirectiveBlock.syntax(text), escape, DirectiveBlock.check(text)), lines, comments);
    }

    private void apply(DirectiveBlock.Directive directive) {
        if (directive.repeated()) {
            findings.refuse(
                    Phase.PARSE,
                    Code.BAD_DIRECTIVE,
                    line,
                    "the directive " + directive.name() + " is given twice",
                    "keep one of them");
        } else if (directive.name().equals("escape")) {
            var value = directive.value();
            if (value.equals("\\") || value.equals("`")) {
                escape = value.charAt(0);
            } else {
                findings.refuse(
                        Phase.PARSE,
                        Code.BAD_DIRECTIVE,
                        line,
                        "escape=" + Findings.quote(value) + " is no escape character",
                        "use \\ or `");
            }
        }
    }

    /** Joins the lines that {@code first} continues on, and reads the documents that follow them. */
    private void instruction(String first) {
        int start = line;
        var joints = new Joints();
        joints.begin(start);
        boolean blank = false;
        boolean open = append(first, joints.text());
        while (open && hasNext()) {
            var next = withoutEnd(next());
            if (isComment(next)) {
                comment(next);
                continue;
            }
            if (Space.isBlank(next)) {
                blank = true;
                continue;
            }
            joints.begin(line);
            open = append(next, joints.text());
        }
        if (blank) {
            findings.warn(
                    Code.EMPTY_CONTINUATION,
                    start,
                    "an empty line continues an instruction",
                    "remove it, or write a comment there; a later BuildKit will refuse it");
        }
        lines.add(withDocuments(joints, start));
    }

    private InstructionLine withDocuments(Joints joints, int start) {
        var source = joints.text().toString();
        var instruction = InstructionLine.of(source, escape, new Lines(start, line), List.of(), joints);
        if (!source.contains("<<") || !instruction.takesHeredocs(escape)) return instruction;
        var documents = documents(HeredocStart.inLine(source));
        return InstructionLine.of(source, escape, new Lines(start, line), documents, joints);
    }

    private List<Heredoc> documents(List<Heredoc> announced) {
        int start = line;
        var read = new ArrayList<Heredoc>();
        for (var heredoc : announced) {
            var content = new StringBuilder();
            boolean ended = false;
            while (!ended && hasNext()) {
                var next = next();
                ended = ends(heredoc, next);
                if (!ended) content.append(next);
            }
            if (!ended) {
                findings.refuse(
                        Phase.PARSE,
                        Code.UNTERMINATED_HEREDOC,
                        start,
                        "the heredoc " + Findings.quote(heredoc.name()) + " does not end",
                        "write " + Findings.quote(heredoc.name()) + " alone on a line after it");
                break;
            }
            read.add(heredoc.withContent(content.toString()));
        }
        return read;
    }

    private static boolean ends(Heredoc heredoc, String line) {
        int start = 0;
        while (heredoc.stripsTabs() && start < line.length() && line.charAt(start) == '\t') start++;
        return withoutEnd(line.substring(start)).equals(heredoc.name());
    }

    /** Adds a physical line; true if it ends in an escape character that no other one escapes. */
    private boolean append(String physical, StringBuilder joined) {
        int end = physical.length();
        while (end > 0 && (physical.charAt(end - 1) == ' ' || physical.charAt(end - 1) == '\t')) end--;
        boolean continues =
                end > 0 && physical.charAt(end - 1) == escape && (end == 1 || physical.charAt(end - 2) != escape);
        joined.append(physical, 0, continues ? end - 1 : physical.length());
        return continues;
    }

    private boolean hasNext() {
        return at < text.length();
    }

    private String next() {
        int end = DirectiveBlock.endOfLine(text, at);
        var next = text.substring(at, end);
        at = end;
        line++;
        return next;
    }

    private static String withoutEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) end--;
        return line.substring(0, end);
    }

    private void comment(String text) {
        comments.add(new Comment(line, Space.trim(Space.trimLeft(text).substring(1))));
    }

    private static boolean isComment(String line) {
        return Space.trimLeft(line).startsWith("#");
    }
}
