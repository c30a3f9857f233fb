package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Trigger;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns logical lines into instructions.
 *
 * <p>An instruction with a fault is returned as far as it was understood; the fault is among the findings, and the
 * parser then gives the file to nobody.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go">parse.go</a>
 */
final class InstructionReader {
    private static final Set<Keyword> NEVER_TRIGGERED = Set.of(Keyword.ONBUILD, Keyword.MAINTAINER, Keyword.FROM);

    /** A stage that inherits a trigger reads it anew, and knows nothing of the file's {@code # escape=}. */
    private static final char INHERITED_ESCAPE = '\\';

    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9_.-]*+");

    private final char escape;
    private final Findings findings;

    InstructionReader(char escape, Findings findings) {
        this.escape = escape;
        this.findings = findings;
    }

    /** Reads one line; empty if its keyword is unknown. */
    Optional<Instruction> read(InstructionLine line) {
        var keyword = Keyword.of(line.keyword());
        if (keyword.isEmpty()) {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.UNKNOWN_INSTRUCTION,
                    line.line(),
                    "unknown instruction " + Findings.quote(line.keyword()),
                    Suggestion.orElse(line.keyword(), Keyword.NAMES, "begin the line with an instruction such as RUN"));
        } else if (!keyword.get().takesFlags()) {
            Flags.read(line, Map.of(), findings);
        }
        return keyword.map(known -> instruction(known, line));
    }

    private Instruction instruction(Keyword keyword, InstructionLine line) {
        var written = new Written(keyword.name(), line.lines(), line.source(), line.heredocs());
        var arguments = new ArgumentReader(line, escape, findings);
        return switch (keyword) {
            case FROM -> from(line, written);
            case RUN -> new RunReader(line, findings).read(written, arguments.command());
            case COPY -> new FilesReader(line, findings).copy(written, arguments.words());
            case ADD -> new FilesReader(line, findings).add(written, arguments.words());
            case ARG -> new Instruction.Arg(written, arguments.declarations());
            case ENV -> new Instruction.Env(written, arguments.assignments());
            case LABEL -> new Instruction.Label(written, arguments.assignments());
            case WORKDIR -> new Instruction.Workdir(written, arguments.one());
            case USER -> new Instruction.User(written, arguments.one());
            case SHELL -> new Instruction.Shell(written, arguments.shell());
            case EXPOSE -> new Instruction.Expose(written, arguments.ports());
            case VOLUME -> new Instruction.Volume(written, arguments.volumes());
            case CMD -> new Instruction.Cmd(written, arguments.command());
            case ENTRYPOINT -> new Instruction.Entrypoint(written, arguments.command());
            case HEALTHCHECK -> new Instruction.Healthcheck(written, new HealthcheckReader(line, findings).probe());
            case STOPSIGNAL -> new Instruction.StopSignal(written, arguments.one());
            case ONBUILD -> new Instruction.Onbuild(written, trigger(line));
            case MAINTAINER -> new Instruction.Maintainer(written, arguments.one());
        };
    }

    private Instruction from(InstructionLine line, Written written) {
        var words = Space.fields(line.arguments());
        var flags = Flags.read(line, Map.of("platform", Flags.Kind.TEXT), findings);
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("as");
        if (!named && words.size() != 1) {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.BAD_ARGUMENTS,
                    line.line(),
                    "FROM has " + words.size() + " arguments",
                    "write FROM image, or FROM image AS name");
        }
        var name = named ? LowerCase.of(words.get(2)) : "";
        if (named && !STAGE_NAME.matcher(name).matches()) {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.BAD_STAGE_NAME,
                    line.line(),
                    Findings.quote(words.get(2)) + " is no name for a stage",
                    "begin with a letter and use only letters, digits, dots, dashes and underscores");
        }
        return new Instruction.From(written, words.isEmpty() ? "" : words.getFirst(), flags.text("platform"), name);
    }

    /** Reads what {@code ONBUILD} holds; most faults in it count only once a stage inherits it. */
    private Trigger trigger(InstructionLine line) {
        var asWritten = findings.aside();
        var inner = line.trigger(escape);
        var keyword = Keyword.of(inner.keyword());
        if (inner.keyword().isEmpty()
                || keyword.filter(NEVER_TRIGGERED::contains).isPresent()) {
            var problem = findings.problem(
                    Code.BAD_TRIGGER,
                    line.line(),
                    inner.keyword().isEmpty()
                            ? "ONBUILD has no instruction"
                            : inner.keyword().toUpperCase(Locale.ROOT) + " cannot be triggered",
                    "write ONBUILD and an instruction such as RUN or COPY");
            findings.refuse(Phase.INSTRUCTIONS, problem);
            return new Trigger.Faulty(problem);
        }
        new InstructionReader(escape, asWritten).read(inner);
        asWritten.problems(Phase.PARSE).forEach(problem -> findings.refuse(Phase.PARSE, problem));
        return inherited(line.trigger(INHERITED_ESCAPE));
    }

    private Trigger inherited(InstructionLine inner) {
        var aside = findings.aside();
        var instruction = new InstructionReader(INHERITED_ESCAPE, aside).read(inner);
        var late = aside.any() ? aside.problems() : List.<Problem>of();
        late.forEach(findings::warn);
        aside.takeFlaws().forEach(findings::warn);
        return instruction
                .filter(readable -> late.isEmpty())
                .<Trigger>map(Trigger.Ready::new)
                .orElseGet(() -> new Trigger.Faulty(late.getFirst()));
    }
}
