package dev.sledge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sledge.build.BuildHistory;
import dev.sledge.build.PlanJson;
import dev.sledge.image.ImageName;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Destination;
import dev.sledge.plan.PastBuilds;
import dev.sledge.plan.Planning;
import dev.sledge.report.PlanSummary;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sledge plan}: what a push would build, without an engine and without a network. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows what a push of DIR would build, step by step, and which caches it would read and write.",
        footer = {"", "Nothing is built and nothing is asked over the network."})
final class PlanCommand implements Callable<Integer> {
    /** A plan names its registry; this one stands for whatever the deployment uses. */
    static final String REGISTRY = "127.0.0.1:5000";

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private WorkTreeArguments arguments;

    @Option(
            names = "--registry",
            paramLabel = "HOST",
            defaultValue = REGISTRY,
            description = "The registry that images go to. Default: ${DEFAULT-VALUE}.")
    private String registry = REGISTRY;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Answering answering;

    @Override
    public Integer call() throws JsonProcessingException {
        var out = answering.out();
        try (var tree = WorkTree.open(arguments.directory)) {
            return switch (plan(tree, arguments, registry)) {
                case Planning.Skipped(var why) -> Problems.skipped(why, answering.err());
                case Planning.Unplannable(var problems) -> Problems.print(problems, answering.err());
                case Planning.Planned(var plans, var warnings) -> {
                    warnings.forEach(warning -> answering.err().println("warning: " + warning));
                    if (answering.json) {
                        out.println(array(plans).toPrettyString());
                    } else {
                        print(plans, out);
                    }
                    yield ExitCode.DONE.status();
                }
            };
        }
    }

    static Planning plan(WorkTree tree, WorkTreeArguments arguments, String registry) {
        var push = arguments.pushed(tree);
        // As a push on this machine would find it.
        Function<ImageName, PastBuilds> past = new BuildHistory(LocalServices.shared(System.getenv()))::past;
        return new BuildPlanner(new Destination(registry, "sledge"), LocalPush.platform(), past)
                .plan(
                        BuildRequest.of(push, tree.defaultBranch(push.ref())),
                        URI.create("https://" + push.repository().host() + "/repository.git"),
                        arguments.cacheChoice(),
                        path -> tree.read(push.repository(), push.commit(), path));
    }

    private static ArrayNode array(List<BuildPlan> plans) throws JsonProcessingException {
        var mapper = new JsonMapper();
        var array = mapper.createArrayNode();
        for (var plan : plans) {
            array.add(mapper.readTree(PlanJson.write(plan)));
        }
        return array;
    }

    private static void print(List<BuildPlan> plans, PrintWriter out) {
        plans.forEach(plan -> out.print(PlanSummary.of(plan)));
        out.flush();
    }
}
