package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Assignment;
import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.problem.Problem.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Goes through the stages that are built as the build will, and finds what BuildKit refuses only then.
 *
 * <p>Says nothing where a variable may come from an image outside.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go">dispatch</a>
 */
final class Rehearsal {
    private final char escape;
    private final BuildOptions options;
    private final GlobalArguments global;
    private final Findings findings;
    private final Effort effort = new Effort();
    private final Map<Integer, Environment> ends = new HashMap<>();
    private Environment environment = Environment.ofNothing();
    private int line;

    Rehearsal(char escape, BuildOptions options, GlobalArguments global, Findings findings) {
        this.escape = escape;
        this.options = options;
        this.global = global;
        this.findings = findings;
    }

    /** {@code built} holds a base stage before those that build on it. */
    void run(List<BuildStage> built) {
        for (var stage : built) {
            environment = start(stage);
            // A file that costs this much has other faults; the build itself will find this one.
            if (!effort.spend(environment.size())) return;
            line = stage.written().lines().first();
            stage.triggers().forEach(this::perform);
            for (var instruction : stage.written().instructions()) {
                line = instruction.lines().first();
                perform(instruction);
            }
            ends.put(stage.index(), environment);
        }
    }

    private Environment start(BuildStage stage) {
        return switch (stage.base()) {
            case BaseImage.EarlierStage(int index) ->
                ends.getOrDefault(index, Environment.ofImage()).copy();
            case BaseImage.Named named -> Environment.ofImage();
            case BaseImage.Scratch scratch -> Environment.ofNothing();
        };
    }

    private void perform(Instruction instruction) {
        switch (instruction) {
            case Instruction.Env env -> set(env.assignments());
            case Instruction.Arg arg -> arg.declarations().forEach(this::declare);
            case Instruction.Label label ->
                label.assignments().forEach(pair -> expandAll(List.of(pair.name(), pair.value())));
            case Instruction.Copy copy -> {
                files(copy.files()).forEach(source -> refuse(FileRules.copied(source)));
            }
            case Instruction.Add add -> {
                var sources = files(add.files());
                expand(add.checksum()).ifPresent(checksum -> refuse(FileRules.checksum(checksum, add, sources)));
            }
            case Instruction.Workdir workdir -> expand(workdir.path());
            case Instruction.User user -> expand(user.user());
            case Instruction.Volume volume -> expandAll(volume.paths());
            case Instruction.StopSignal stop -> expand(stop.signal()).ifPresent(text -> refuse(Signals.fault(text)));
            case Instruction.Expose expose -> expose.ports().forEach(this::expose);
            case Instruction.Run run -> run.mounts().forEach(this::mount);
            case Instruction.From from -> {}
            case Instruction.Shell shell -> {}
            case Instruction.Cmd cmd -> {}
            case Instruction.Entrypoint entrypoint -> {}
            case Instruction.Healthcheck healthcheck -> {}
            case Instruction.Onbuild onbuild -> {}
            case Instruction.Maintainer maintainer -> {}
        }
    }

    /** All pairs of one {@code ENV} see the variables from before it. */
    private void set(List<Assignment> assignments) {
        var news = new HashMap<String, Optional<String>>();
        for (var pair : assignments) {
            var value = expand(pair.value());
            expand(pair.name()).ifPresent(name -> news.put(name, value));
        }
        news.forEach(this::assign);
    }

    /** A value that is not known for certain leaves the name as if an image outside had set it. */
    private void assign(String name, Optional<String> value) {
        value.ifPresentOrElse(
                known -> environment.values().put(name, known),
                () -> environment.values().remove(name));
    }

    private void declare(Declaration declaration) {
        var name = declaration.name();
        if (options.arguments().containsKey(name)) {
            assign(name, Optional.ofNullable(options.arguments().get(name)));
            return;
        }
        switch (declaration) {
            case Declaration.Plain plain -> global.value(name).ifPresent(value -> assign(name, Optional.of(value)));
            case Declaration.WithDefault(var same, var value) -> assign(name, expand(value));
        }
    }

    /** The sources that are known for certain. */
    private List<String> files(Instruction.Files files) {
        expand(files.chown());
        expand(files.chmod()).ifPresent(mode -> refuse(FileRules.mode(mode)));
        expand(files.destination());
        files.documents().stream().filter(Heredoc::expands).forEach(this::document);
        return expandAll(files.sources());
    }

    private void document(Heredoc document) {
        try {
            ShellWords.expandingDocument(document.text(), environment.values(), effort);
        } catch (MalformedWord malformed) {
            if (malformed.isOfValues() && !environment.isComplete()) return;
            refuse(
                    Code.BAD_VARIABLE,
                    "a variable in the heredoc " + Findings.quote(document.name()) + " cannot be read: "
                            + malformed.why(),
                    "write <<\"" + document.name() + "\" to take the text as it is");
        }
    }

    private void mount(Mount mount) {
        expandAll(Stream.concat(
                        Stream.of(mount.from(), mount.source(), mount.target(), mount.id(), mount.env(), mount.size()),
                        mount.ownership().values().stream())
                .toList());
    }

    private void expose(String port) {
        var words = read(port);
        if (words.isEmpty() || !certain(words.get())) return;
        words.get().words().forEach(word -> refuse(PortText.fault(word)));
    }

    private List<String> expandAll(List<String> words) {
        var certain = new ArrayList<String>();
        for (var word : words) expand(word).ifPresent(certain::add);
        return certain;
    }

    /** The word with its variables replaced; empty if that is not certain, or not possible and refused. */
    private Optional<String> expand(String word) {
        return read(word).filter(this::certain).map(ShellWords.Result::text);
    }

    private boolean certain(ShellWords.Result result) {
        return result.complete() || environment.isComplete();
    }

    private Optional<ShellWords.Result> read(String word) {
        try {
            return Optional.of(ShellWords.expanding(word, escape, environment.values(), effort));
        } catch (MalformedWord malformed) {
            if (!malformed.isOfValues() || environment.isComplete()) {
                refuse(
                        Code.BAD_VARIABLE,
                        Findings.quote(word) + " cannot be read: " + malformed.why(),
                        "close what is open, or put the escape character before it");
            }
            return Optional.empty();
        }
    }

    private void refuse(Optional<Fault> fault) {
        fault.ifPresent(found -> refuse(Code.BAD_ARGUMENTS, found.what(), found.fix()));
    }

    private void refuse(Code code, String what, String fix) {
        findings.refuse(Phase.DISPATCH, code, line, what, fix);
    }
}
