package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Onbuild;
import dev.sledge.dockerfile.Instruction.Trigger;
import dev.sledge.problem.Problem.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what each stage builds on.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go">
 *     buildDispatchStates, initOnBuildTriggers</a>
 */
final class StageResolver {
    private static final String SCRATCH = "scratch";

    private final GlobalArguments arguments;
    private final Findings findings;
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Integer, List<Instruction>> triggers = new HashMap<>();
    private final List<BuildStage> resolved = new ArrayList<>();

    StageResolver(GlobalArguments arguments, Findings findings) {
        this.arguments = arguments;
        this.findings = findings;
    }

    /** All stages; of those with a fault the findings tell, and they build on nothing. */
    List<BuildStage> resolve(List<Stage> stages) {
        for (var stage : stages) {
            var reference = expand(stage, stage.base(), "the image " + Findings.quote(stage.base()));
            if (reference.isEmpty()) {
                refuse(
                        stage,
                        Code.BAD_BASE_IMAGE,
                        "the image " + Findings.quote(stage.base()) + " is empty",
                        "give its " + "variables a default, as in ${NAME:-alpine}");
            }
            var base = base(stage, reference);
            resolved.add(new BuildStage(stage, reference, base, platform(stage), inherited(base)));
            name(stage);
        }
        return resolved;
    }

    private BaseImage base(Stage stage, String reference) {
        var exact = names.get(reference);
        if (exact != null) return new BaseImage.EarlierStage(exact);
        if (reference.equals(SCRATCH)) return new BaseImage.Scratch();
        var lower = names.get(LowerCase.of(reference));
        if (lower == null) return new BaseImage.Named(reference);
        findings.warn(
                Code.STAGE_NAME_CASE,
                stage.lines().first(),
                "FROM " + reference + " names the stage " + LowerCase.of(reference)
                        + " in capitals, which BuildKit takes for an image",
                "write FROM " + LowerCase.of(reference));
        return new BaseImage.EarlierStage(lower);
    }

    private String platform(Stage stage) {
        if (stage.platform().isEmpty()) return "";
        var what = "--platform=" + Findings.quote(stage.platform());
        int before = findings.count();
        var text = expand(stage, stage.platform(), what);
        if (findings.count() > before) return "";
        var platform = PlatformText.normalise(text);
        if (platform.isEmpty()) {
            refuse(
                    stage,
                    Code.BAD_PLATFORM,
                    what + " is " + (text.isEmpty() ? "empty" : Findings.quote(text) + ", which is no platform"),
                    "write one such as linux/amd64, or $BUILDPLATFORM");
        }
        return platform.orElse("");
    }

    /** The triggers of the base stage; they go to its children, not further. */
    private List<Instruction> inherited(BaseImage base) {
        if (!(base instanceof BaseImage.EarlierStage(int parent))) return List.of();
        return triggers.computeIfAbsent(parent, index -> {
            var ready = new ArrayList<Instruction>();
            for (var instruction : resolved.get(index).written().instructions()) {
                if (instruction instanceof Onbuild(var written, Trigger.Ready(var triggered))) ready.add(triggered);
            }
            return List.copyOf(ready);
        });
    }

    private void name(Stage stage) {
        if (stage.name().isEmpty()) return;
        var earlier = names.put(stage.name(), stage.index());
        if (earlier != null) {
            findings.warn(
                    Code.DUPLICATE_STAGE,
                    stage.lines().first(),
                    "the stage " + stage.name() + " is defined again",
                    "rename one of them; COPY and mounts take the last");
        }
    }

    private String expand(Stage stage, String word, String what) {
        return switch (arguments.expand(word)) {
            case Expansion.Expanded(var text) -> text;
            case Expansion.Failed(var why) -> {
                refuse(stage, Code.BAD_VARIABLE, what + " cannot be read: " + why, "correct its variables");
                yield word;
            }
        };
    }

    private void refuse(Stage stage, Code code, String what, String fix) {
        findings.refuse(Phase.STATES, code, stage.lines().first(), what, fix);
    }
}
