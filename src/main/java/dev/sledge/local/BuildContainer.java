package dev.sledge.local;

import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FinishedBuild.Phase;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildTimeout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One container that runs one buildspec; its phases are told by {@link BuildspecScript}'s lines on stderr. */
final class BuildContainer {
    private final DockerEngine engine;
    private final String name;
    private final Instant started;
    private final Process process;
    private final Narrator narrator;
    private final Thread output;
    private final Thread markers;
    private final List<Phase> phases = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private String phase = "";
    private Instant phaseBegan;
    private volatile boolean removed;

    private BuildContainer(DockerEngine engine, String name, Process process, Narrator narrator) {
        this.engine = engine;
        this.name = name;
        this.started = Instant.now();
        this.phaseBegan = started;
        this.process = process;
        this.narrator = narrator;
        this.output = Thread.ofPlatform()
                .daemon()
                .unstarted(() ->
                        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> told(line, narrator)));
        this.markers = Thread.ofPlatform()
                .daemon()
                .unstarted(() ->
                        process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::marked));
    }

    /**
     * Starts a container.
     *
     * @param arguments of {@code docker run}, besides the name
     * @param variables values of the {@code --env NAME} among them
     */
    static BuildContainer start(
            DockerEngine engine,
            String name,
            List<String> arguments,
            String image,
            String script,
            Map<String, String> variables,
            Narrator narrator)
            throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of("run", "--rm", "--name", name, "--init"));
        command.addAll(arguments);
        command.addAll(List.of(image, "bash", "-c", script));
        var process = engine.command(command, variables).start();
        process.getOutputStream().close();
        var container = new BuildContainer(engine, name, process, narrator);
        container.output.start();
        container.markers.start();
        return container;
    }

    private static void told(String line, Narrator narrator) {
        if (line.startsWith("=> CACHED ")) {
            narrator.stepEnded(line.substring("=> CACHED ".length()), true);
        } else if (line.startsWith("=> DONE ")) {
            narrator.stepEnded(line.substring("=> DONE ".length()), false);
        } else if (line.startsWith("=> ERROR ")) {
            narrator.stepFailed(line.substring("=> ERROR ".length()));
        } else if (line.startsWith("=> ")) {
            narrator.stepBegan(line.substring("=> ".length()));
        } else {
            narrator.output(line);
        }
    }

    private synchronized void marked(String line) {
        var now = Instant.now();
        var words = line.split(" ", 4);
        if (words[0].equals("begin") && words.length == 2) {
            if (phases.isEmpty()) {
                phases.add(new Phase("PROVISIONING", Duration.between(started, now), true, ""));
            }
            phase = words[1];
            phaseBegan = now;
            narrator.phase(phase);
        } else if (words[0].equals("end") && words.length >= 3) {
            end(words[2].equals("0") ? "" : "exit status " + words[2] + ": " + (words.length == 4 ? words[3] : ""));
        } else {
            unexpected.add(line);
        }
    }

    private void end(String message) {
        var took = Duration.between(phaseBegan, Instant.now());
        phases.add(new Phase(phase.toUpperCase(Locale.ROOT), took, message.isEmpty(), message));
        phase = "";
    }

    FinishedBuild await(StartedBuild build, String arn, BuildTimeout timeout) {
        try {
            var ended = process.waitFor(timeout.minutes(), TimeUnit.MINUTES);
            if (!ended) {
                remove();
            }
            output.join();
            markers.join();
            return new FinishedBuild(
                    build, arn, started, Duration.between(started, Instant.now()), status(ended), told());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            remove();
            return new FinishedBuild(
                    build, arn, started, Duration.between(started, Instant.now()), Status.STOPPED, told());
        }
    }

    private Status status(boolean ended) {
        if (!ended) {
            return Status.TIMED_OUT;
        }
        if (removed) {
            return Status.STOPPED;
        }
        return switch (process.exitValue()) {
            case 0 -> Status.SUCCEEDED;
            // A signal's: the script itself ends with 0 or 1.
            case 130, 143 -> Status.STOPPED;
            // 125 to 127: docker could not run it; 137: killed from outside, for memory as a rule.
            case 125, 126, 127, 137 -> Status.FAULT;
            default -> Status.FAILED;
        };
    }

    private synchronized List<Phase> told() {
        if (!phase.isEmpty()) {
            end("the shell was left before the phase ended");
        }
        var all = new ArrayList<>(phases);
        if (!unexpected.isEmpty()) {
            all.add(new Phase("CONTAINER", Duration.ZERO, false, String.join(" ", unexpected)));
        }
        return all;
    }

    /** Stops the build, wherever it is, with the engine in it and all that this engine keeps. */
    void remove() {
        removed = true;
        engine.tryDocker("rm", "--force", "--volumes", name);
    }
}
