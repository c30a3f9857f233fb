package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A plan as a CodeBuild buildspec and the environment it runs with.
 *
 * <p>The text is the same for every plan of the same shape: branch, tag, stage, path and argument values go in as environment variables
 * and are quoted where they are used, so none of them can be read as a command.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html">buildspec reference</a>
 */
public final class BuildspecRenderer {
    /** Private registries of ECR, in the partitions that have it. */
    private static final Pattern ECR =
            Pattern.compile("[0-9]{12}\\.dkr\\.ecr(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?");

    /** Where there is a mirror of base images, so that no limit of Docker Hub is met; whoever runs the build knows. */
    private static final String MIRROR = "[ -z \"${SLEDGE_BASE_IMAGES:-}\" ] || [ -n \"${SLEDGE_REGISTRY_MIRROR:-}\" ]"
            + " || { sledge-agent 1 mirror \"$SLEDGE_BASE_IMAGES\" 5998 && export SLEDGE_REGISTRY_MIRROR=http://127.0.0.1:5998; }"
            + " || echo \"base images come from Docker Hub itself\"";

    private BuildspecRenderer() {}

    /**
     * Renders {@code plan}.
     *
     * @param uploads where builds store their logs, each in a folder of its own ARN; an {@code s3://bucket/prefix} without a slash at the end
     */
    public static RenderedBuild render(BuildPlan plan, String uploads) {
        var yaml = new YamlWriter()
                .entry(0, "version", "0.2")
                .blank()
                .key(0, "env")
                .entry(1, "shell", "bash")
                .blank()
                .key(0, "phases");
        commands(plan)
                .forEach((phase, commands) ->
                        yaml.key(1, phase).key(2, "commands").items(3, commands));
        return new RenderedBuild(yaml.toString(), environment(plan, uploads));
    }

    /** The commands of each phase, in the order in which they run. */
    static SequencedMap<String, List<String>> commands(BuildPlan plan) {
        var phases = new LinkedHashMap<String, List<String>>();
        phases.put("install", install(plan));
        phases.put("pre_build", preBuild(plan));
        phases.put("build", DockerCommands.build(plan));
        phases.put("post_build", postBuild(plan));
        return phases;
    }

    private static List<String> install(BuildPlan plan) {
        var commands = new ArrayList<String>();
        commands.add("set -o pipefail");
        commands.add("mkdir -p \"$CODEBUILD_SRC_DIR/results\"");
        commands.addAll(DockerCommands.beforeEngine(plan));
        commands.add(MIRROR);
        // Beside the fetch of the source.
        commands.add(
                "{ docker info > /dev/null 2>&1 || start-engine " + DockerCommands.engine(plan) + "; } & engine=$!");
        return commands;
    }

    private static List<String> preBuild(BuildPlan plan) {
        var commands = new ArrayList<String>();
        commands.add("umask 022");
        commands.add("git init --quiet \"$CODEBUILD_SRC_DIR/source\"");
        commands.add("cd \"$CODEBUILD_SRC_DIR/source\"");
        commands.add("git fetch --quiet --depth 1 \"$SLEDGE_REMOTE\" \"$SLEDGE_COMMIT\"");
        commands.add("git checkout --quiet \"$SLEDGE_COMMIT\"");
        commands.add("wait \"$engine\"");
        if (isEcr(plan)) {
            commands.add("aws ecr get-login-password"
                    + " | docker login --username AWS --password-stdin \"${SLEDGE_IMAGE%%/*}\"");
        }
        commands.addAll(DockerCommands.withEngine(plan));
        return commands;
    }

    private static boolean isEcr(BuildPlan plan) {
        return ECR.matcher(plan.output().image().registry()).matches();
    }

    private static List<String> postBuild(BuildPlan plan) {
        var commands = new ArrayList<>(DockerCommands.keep(plan));
        if (plan.cache() instanceof Cache.Frozen frozen) {
            commands.add(new FrozenCommands(frozen).end());
        }
        commands.add("[ ! -e /run/sledge/engine.json ] || engine-state > \"$CODEBUILD_SRC_DIR/results/engine.json\""
                + " || echo \"the engine's state was not counted\"");
        commands.add("gzip \"$CODEBUILD_SRC_DIR\"/results/*.jsonl");
        commands.add("aws s3 cp --only-show-errors --recursive \"$CODEBUILD_SRC_DIR/results\""
                + " \"$SLEDGE_UPLOADS/$CODEBUILD_BUILD_ARN\"");
        return commands;
    }

    private static Map<String, String> environment(BuildPlan plan, String uploads) {
        var environment = new TreeMap<String, String>();
        environment.put("SLEDGE_REMOTE", plan.source().remote().toString());
        environment.put("SLEDGE_COMMIT", plan.source().commit().hex());
        if (plan.pushes() || isEcr(plan)) {
            environment.put("SLEDGE_IMAGE", plan.output().image().toString());
        }
        if (plan.pushes()) {
            environment.put("SLEDGE_TAG", plan.output().commitTag().value());
        }
        environment.put("SLEDGE_DOCKERFILE", plan.recipe().dockerfile());
        environment.put("SLEDGE_CONTEXT", plan.recipe().context());
        environment.put("SLEDGE_UPLOADS", uploads);
        plan.recipe().args().forEach((name, value) -> environment.put("SLEDGE_ARG_" + name, value));
        environment.putAll(CommandVariables.of(plan));
        return environment;
    }
}
