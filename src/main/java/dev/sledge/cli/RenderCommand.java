package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.ResultFolder;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Planning;
import dev.sledge.render.BuildspecRenderer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sledge render}: the text that runs a plan. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description = "Prints what would run a push of DIR, as text that you can read and run by hand.",
        subcommands = RenderCommand.Codebuild.class,
        synopsisSubcommandLabel = "codebuild")
final class RenderCommand {
    /** {@code sledge render codebuild}. */
    @Command(
            name = "codebuild",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the CodeBuild buildspec (version 0.2) of a push of DIR.",
                "All that varies from push to push stands in environment variables; --json shows them too."
            })
    static final class Codebuild implements Callable<Integer> {
        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private WorkTreeArguments arguments;

        @Option(
                names = "--registry",
                paramLabel = "HOST",
                defaultValue = PlanCommand.REGISTRY,
                description = "The registry that images go to. Default: ${DEFAULT-VALUE}.")
        private String registry = PlanCommand.REGISTRY;

        @Option(
                names = "--results",
                paramLabel = "S3-URI",
                defaultValue = "s3://sledge-results",
                description = "The bucket that takes logs and records. Default: ${DEFAULT-VALUE}.")
        private String results = "s3://sledge-results";

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Answering answering;

        @Override
        public Integer call() {
            try (var tree = WorkTree.open(arguments.directory)) {
                return switch (PlanCommand.plan(tree, arguments, registry)) {
                    case Planning.Skipped(var why) -> Problems.skipped(why, answering.err());
                    case Planning.Unplannable(var problems) -> Problems.print(problems, answering.err());
                    case Planning.Planned(var plans, var warnings) -> {
                        print(plans);
                        yield ExitCode.DONE.status();
                    }
                };
            }
        }

        private void print(List<BuildPlan> plans) {
            var out = answering.out();
            var array = new JsonMapper().createArrayNode();
            for (var plan : plans) {
                var build = BuildspecRenderer.render(plan, results + "/" + ResultFolder.UPLOADS);
                if (answering.json) {
                    var entry = array.addObject().put("buildspec", build.buildspec());
                    build.environment().forEach(entry.putObject("environment")::put);
                } else {
                    out.print(build.buildspec());
                }
            }
            if (answering.json) {
                out.println(array.toPrettyString());
            }
            out.flush();
        }
    }
}
