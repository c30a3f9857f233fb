package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The engine that {@code start-engine} started in this container. */
final class Engine {
    private static final Path PIDS = Path.of("/run/sledge/engine.pids");

    /** Which dockerd removes when it ends by itself. */
    private static final Path PIDFILE = Path.of("/var/run/docker.pid");

    private static final String ADDRESS = "/run/docker/containerd/containerd.sock";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern DIRECTORY = Pattern.compile("/(snapshots/[0-9]+/fs)\\b");

    private Engine() {}

    /** What is installed here. */
    static EngineVersion version() throws IOException, InterruptedException {
        return new EngineVersion(
                Program.run("dockerd", "--version"),
                Program.run("containerd", "--version"),
                EngineState.SNAPSHOTTER,
                System.getProperty("os.arch", ""));
    }

    /** Drops what the next build sends anew: sources of this one. */
    static void pruneSources() throws IOException, InterruptedException {
        prune("type=source.local");
    }

    /** Drops what was not used for so long. */
    static void pruneUnused(Duration since) throws IOException, InterruptedException {
        prune("until=" + since.toSeconds() + "s");
    }

    private static void prune(String filter) throws IOException, InterruptedException {
        Program.run("docker", "buildx", "prune", "--force", "--filter", filter);
    }

    /**
     * Directories of a state that are still written to, by their paths in it.
     *
     * @param overNothing contents of cache mounts and the like
     * @param overLayers what lies over layers, and is changed all the same
     */
    record Changing(Set<String> overNothing, Set<String> overLayers) {
        Changing {
            overNothing = Set.copyOf(overNothing);
            overLayers = Set.copyOf(overLayers);
        }
    }

    /** What is still written to. */
    static Changing changing() throws IOException, InterruptedException {
        var overNothing = new HashSet<String>();
        var overLayers = new HashSet<String>();
        for (var snapshot : snapshots()) {
            if (snapshot.kind().equals("Active")) {
                (snapshot.parent().isEmpty() ? overNothing : overLayers).add(directory(snapshot));
            }
        }
        return new Changing(overNothing, overLayers);
    }

    private record Snapshot(String key, String parent, String kind) {}

    private static List<Snapshot> snapshots() throws IOException, InterruptedException {
        return ctr("ls")
                .lines()
                .skip(1)
                .map(line -> line.strip().split(" +"))
                .map(words -> words.length == 2
                        ? new Snapshot(words[0], "", words[1])
                        : new Snapshot(words[0], words[1], words[2]))
                .toList();
    }

    private static String directory(Snapshot snapshot) throws IOException, InterruptedException {
        var mount = ctr("mounts", "/", snapshot.key());
        var of = snapshot.parent().isEmpty() ? mount : mount.substring(mount.indexOf("upperdir="));
        var matcher = DIRECTORY.matcher(of);
        if (!matcher.find()) {
            throw new IOException("containerd does not say where " + snapshot.key() + " is: " + mount);
        }
        return Path.of(EngineState.SNAPSHOTS).resolveSibling(matcher.group(1)).toString();
    }

    private static String ctr(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "ctr",
                "--address",
                ADDRESS,
                "--namespace",
                "moby",
                "snapshots",
                "--snapshotter",
                EngineState.SNAPSHOTTER));
        command.addAll(List.of(arguments));
        return Program.run(command);
    }

    /**
     * Stops it; its databases are complete then.
     *
     * @throws IOException if it does not end by itself; what it leaves behind may be anything
     */
    static void stop() throws IOException, InterruptedException {
        for (var process : processes()) {
            process.destroy();
            for (var end = System.nanoTime() + PATIENCE.toNanos(); process.isAlive(); Thread.sleep(5)) {
                if (System.nanoTime() > end) {
                    kill();
                    throw new IOException("the engine did not stop within " + PATIENCE.toSeconds() + " seconds");
                }
            }
        }
        if (Files.exists(PIDFILE)) {
            throw new IOException("the engine did not end by itself");
        }
    }

    private static List<ProcessHandle> processes() throws IOException {
        return Stream.of(Files.readString(PIDS).strip().split(" "))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .toList();
    }

    /**
     * Ends it and everything in containers at once. Whoever waits for a disk then never comes back to see an error of it: a process that is
     * killed runs no more.
     */
    static void kill() throws IOException {
        var own = namespace(ProcessHandle.current());
        ProcessHandle.allProcesses()
                .filter(process -> !namespace(process).equals(own))
                .forEach(ProcessHandle::destroyForcibly);
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    private static Path namespace(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/pid"));
        } catch (IOException e) {
            // It has ended meanwhile.
            return Path.of("");
        }
    }
}
