package dev.sledge.advice;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;

/** DC05: {@code .git} is copied with the sources. */
final class GitInContext extends DockerfileRule {
    /** What lies in most repositories and belongs in no image; named in the fix where it is there. */
    private static final List<String> BESIDE = List.of(
            ".github",
            ".gitlab-ci.yml",
            ".gitlab",
            ".circleci",
            ".travis.yml",
            "azure-pipelines.yml",
            "bitbucket-pipelines.yml",
            "buildspec.yml",
            "Jenkinsfile",
            "docker-compose.yml",
            "compose.yaml",
            "sledge.yml",
            ".dockerignore");

    GitInContext() {
        super(
                "DC05",
                "Git's own files are copied with the sources, and they differ in every clone of the same commit.");
    }

    @Override
    List<Finding> find(Review review) {
        if (!review.context().sendsGit()) return List.of();
        for (var stage : built(review)) {
            var instructions = stage.written().instructions();
            for (int i = 0; i < instructions.size(); i++) {
                var instruction = instructions.get(i);
                if (!ContextCopies.takes(instruction, ".git/HEAD") || excludesGit(instruction)) continue;
                return List.of(finding(review, stage, instruction, instructions.subList(i + 1, instructions.size())));
            }
        }
        return List.of();
    }

    private static boolean excludesGit(Instruction instruction) {
        return instruction instanceof Instruction.Copy copy
                && copy.files().excludes().stream().anyMatch(pattern -> pattern.contains(".git"));
    }

    private Finding finding(Review review, BuildStage stage, Instruction copy, List<Instruction> after) {
        var runs = after.stream()
                .filter(Run.class::isInstance)
                .map(Run.class::cast)
                .toList();
        boolean reads = stage.instructions().stream()
                .filter(Run.class::isInstance)
                .map(Run.class::cast)
                .flatMap(run -> ShellScript.commands(run).stream())
                .anyMatch(command -> command.is("git")
                        || command.text().contains("$(git ")
                        || command.text().contains("`git "));
        var message = "Line " + copy.lines().first()
                + " copies .git, which differs in every clone of the same commit: "
                + (runs.isEmpty()
                        ? "this step misses"
                        : "this step and " + Pasted.count(runs.size(), "RUN") + " below miss")
                + " the cache in every build on a fresh machine."
                + (reads ? " A RUN here asks git; give it what it asks for as a build argument." : "");
        return finding(
                review,
                reads ? Severity.INFO : Severity.WARNING,
                copy.lines(),
                message,
                fix(review.context()),
                10 + 60.0 * runs.size());
    }

    private static String fix(BuildContext context) {
        var lines = new ArrayList<String>();
        lines.add(context.ignorePath().map(path -> "# add to " + path + ":").orElse("# a new file .dockerignore:"));
        lines.add(".git");
        context.dockerfile().filter(context::sends).ifPresent(lines::add);
        BESIDE.stream()
                .filter(path -> context.sends(path) || !context.below(path).isEmpty())
                .forEach(lines::add);
        return String.join("\n", lines);
    }
}
