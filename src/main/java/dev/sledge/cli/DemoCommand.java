package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.BuildHistory;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.cli.ProjectRepository.Change;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.local.CacheDirectory;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WebContainer;
import dev.sledge.local.WorkTree;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.registry.OciRegistry;
import dev.sledge.report.RecordSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sledge demo}: the main job, four times, on an example. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole loop on this machine with an example, a small web service built with Maven.",
            "Four pushes of it, each built on an engine that starts empty: the first; one that changes nothing; one source"
                    + " line; one dependency. Then runs the image and asks it for the changed line.",
            "Sets up what is missing; the first run takes some minutes."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int PORT = 8000;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConsoleOptions console;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results to FILE as JSON, too.")
    @Nullable
    private Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** One push of the demo and the record of its build. */
    private record Shown(Change change, BuildRecord record) {}

    @Override
    public Integer call() throws IOException {
        var cache = CacheDirectory.of(System.getenv());
        var repository = ProjectRepository.create(cache.directory("demo").resolve("hello-build"));
        try (var narrator = console.open();
                var services = new LocalServices(System.getenv(), new EngineState.Disk(), narrator)) {
            var shown = new ArrayList<Shown>();
            for (var change : ProjectRepository.CHANGES) {
                narrator.say(
                        "push " + (shown.size() + 1) + " of 4: " + change.name().toLowerCase(Locale.ROOT));
                repository.commit(change);
                var record = push(services, repository);
                if (!(record.outcome() instanceof Outcome.Succeeded)) {
                    narrator.finish();
                    spec.commandLine().getErr().print(RecordSummary.of(record));
                    return ExitCode.SERVICE_FAILED.status();
                }
                shown.add(new Shown(change, record));
            }
            narrator.say("running the last image");
            var answer = ask(services, shown.getLast().record());
            narrator.finish();
            return report(shown, answer);
        }
    }

    private BuildRecord push(LocalServices services, ProjectRepository repository) {
        try (var tree = WorkTree.open(repository.directory())) {
            var main = new GitRef.Branch("main");
            var head = tree.commit("refs/heads/main").orElseThrow();
            var parent = tree.commit("refs/heads/main~1");
            var before = parent.<Before>map(Before.At::new).orElseGet(Before.Nothing::new);
            var push = LocalPush.of(services, tree);
            if (parent.isEmpty()) {
                forgetEarlierDemos(services, push.plan(new Pushed(tree.repository(), main, before, head, main)));
            }
            var events = LocalDelivery.of(new Pushed(tree.repository(), main, before, head, main))
                    .takeIn(tree.repository())
                    .events();
            var pushing = push.handle(events.getFirst(), Optional.empty());
            return switch (pushing.outcome()) {
                case PushOutcome.Planned planned -> pushing.records().getFirst();
                case PushOutcome.Unbuildable(var problems) -> throw new UserErrorException(problems.toString());
                case PushOutcome.NothingToBuild(var why) -> throw new IllegalStateException(why);
            };
        }
    }

    /** The first build is a first build: what earlier demos left in the cache is deleted. */
    private static void forgetEarlierDemos(LocalServices services, BuildPlan plan) {
        var registry = new OciRegistry("http");
        if (plan.cache() instanceof Cache.Registry(var from, var to)) {
            to.forEach(registry::delete);
        }
        new BuildHistory(services.bucket().shared()).forget(plan.output().image());
        registry.tags(plan.output().image())
                .forEach(tag -> registry.delete(plan.output().image().tagged(new dev.sledge.image.ImageTag(tag))));
    }

    private static String ask(LocalServices services, BuildRecord record) {
        var image = record.plan().output().image().at(record.image().getFirst().digest());
        try (var container = WebContainer.run(services.engine(), image, PORT)) {
            return container.get("/");
        }
    }

    private int report(List<Shown> shown, String answer) throws IOException {
        var out = spec.commandLine().getOut();
        out.printf("%-12s %5s %5s %9s %7s  %s%n", "push", "hit", "run", "seconds", "ratio", "image");
        var first = seconds(shown.getFirst());
        for (var push : shown) {
            out.printf(
                    Locale.ROOT,
                    "%-12s %5d %5d %9.1f %7.2f  %s%n",
                    push.change().name().toLowerCase(Locale.ROOT),
                    push.record().hits(),
                    push.record().runs(),
                    seconds(push),
                    seconds(push) / first,
                    push.record().image().getFirst().digest());
        }
        out.println("the last image answers: " + answer);
        out.flush();
        if (json != null) {
            Files.writeString(json, json(shown, answer) + "\n");
        }
        var cached = shown.stream().skip(1).allMatch(push -> push.record().hits() > 0);
        if (!cached || !answer.equals(ProjectRepository.CHANGED_LINE)) {
            spec.commandLine()
                    .getErr()
                    .println("sledge: "
                            + (cached ? "the image does not answer with the changed line" : "a push hit no cache"));
            return ExitCode.SERVICE_FAILED.status();
        }
        return ExitCode.DONE.status();
    }

    private static double seconds(Shown push) {
        return push.record().finished().took().toMillis() / 1000.0;
    }

    private static String json(List<Shown> shown, String answer) {
        var root = new JsonMapper().createObjectNode();
        var pushes = root.putArray("pushes");
        for (var push : shown) {
            var entry = pushes.addObject().put("change", push.change().name().toLowerCase(Locale.ROOT));
            entry.putObject("steps")
                    .put("hit", push.record().hits())
                    .put("run", push.record().runs());
            entry.put("seconds", seconds(push)).put("reused", false);
            var image = push.record().plan().output().image();
            entry.put("image", image.at(push.record().image().getFirst().digest()));
        }
        root.putObject("answer").put("expected", ProjectRepository.CHANGED_LINE).put("got", answer);
        root.put("registry", shown.getFirst().record().plan().output().image().registry());
        return root.toPrettyString();
    }
}
