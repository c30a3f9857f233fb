package dev.sledge.agent;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stops the engine and keeps its state: what this build added becomes one more image, and the head of a scope is moved to it.
 *
 * @param run where {@link Thaw} left what it did
 * @param work a directory on a disk, for the image
 * @param build the ARN of this build
 */
record Freeze(
        FrozenStore store, EngineState state, Path run, Path work, String build, InstantSource clock, Report report) {
    /**
     * Freezes the engine.
     *
     * @throws IOException if it cannot be frozen, with what is the matter; the head is what it was
     */
    void freeze(String scope) throws IOException, InterruptedException {
        var began = System.nanoTime();
        var thawed = Thawed.read(run);
        var known = thawed.state().map(Thawed.State::manifest);
        var compacts = known.filter(Compaction::isDue).isPresent();
        var changing = stopped(known.filter(manifest -> compacts));
        var stopped = System.nanoTime();
        // One image of everything follows on no image.
        var before = known.filter(manifest -> !compacts);
        if (compacts) {
            Compaction.fetch(thawed.state().orElseThrow().file());
            Compaction.resolve(state, work);
        }
        for (var part : before.map(FrozenManifest::parts).orElse(Map.of()).keySet()) {
            takeUp(part);
        }
        var delta = Delta.of(state, before, changing);
        var file = work.resolve("frozen.squashfs");
        write(delta, file);
        var image = image(delta, file);
        var written = System.nanoTime();
        store.store(image, file);
        Files.delete(file);
        var manifest = manifest(known, before, image, delta);
        var head = new FrozenHead(
                store.store(manifest),
                thawed.state().map(state -> state.head().manifest()),
                compacts ? List.of() : touched(thawed));
        // Before anybody is led to them: a head names nothing that is about to expire.
        Together.all(manifest.images(), each -> store.touch(each, clock.instant()));
        var moved = store.move(scope, Optional.ofNullable(thawed.versions().get(scope)), head);
        report.add(
                moved ? "frozen" : "overtaken",
                Report.event()
                        .put("scope", scope)
                        .put("manifest", head.manifest().toString())
                        .put("images", manifest.images().size())
                        .put("added", image.size())
                        .put("size", manifest.size())
                        .put("compacted", compacts)
                        .put("stop_milliseconds", (stopped - began) / 1_000_000)
                        .put("write_milliseconds", (written - stopped) / 1_000_000)
                        .put("store_milliseconds", (System.nanoTime() - written) / 1_000_000));
    }

    /**
     * Stops the engine.
     *
     * @param compacted what becomes one image; then what no build used for long is given up first
     */
    private Engine.Changing stopped(Optional<FrozenManifest> compacted) throws IOException, InterruptedException {
        Engine.pruneSources();
        var unused = compacted.flatMap(manifest -> Compaction.unused(manifest, clock.instant()));
        if (unused.isPresent()) {
            Engine.pruneUnused(unused.get());
        }
        var changing = Engine.changing();
        Engine.stop();
        return changing;
    }

    private FrozenManifest manifest(
            Optional<FrozenManifest> known, Optional<FrozenManifest> before, FrozenImage image, Delta delta)
            throws IOException, InterruptedException {
        var now = clock.instant();
        var images = new ArrayList<>(before.map(FrozenManifest::images).orElse(List.of()));
        images.add(image);
        var builds = new ArrayList<>(List.of(now));
        builds.addAll(known.map(FrozenManifest::builds).orElse(List.of()));
        return new FrozenManifest(
                Engine.version(),
                now,
                build,
                known.map(FrozenManifest::compactions).orElse(0) + (known.isPresent() && before.isEmpty() ? 1 : 0),
                images,
                delta.links(),
                delta.parts(),
                builds.subList(0, Math.min(builds.size(), FrozenManifest.BUILDS)));
    }

    /** Changes to what images have come to where the engine had the whole. */
    private void takeUp(String part) throws IOException, InterruptedException {
        if (!Files.isDirectory(state.at(part))) {
            return;
        }
        Program.run("umount", state.at(part).toString());
        Files.delete(state.at(part));
        Files.move(state.changes(part).resolve("upper"), state.at(part));
    }

    /** What is compressed lies behind all else. */
    private void write(Delta delta, Path file) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        var left = Files.write(work.resolve("frozen.left"), delta.left());
        var order = Files.write(
                work.resolve("frozen.order"),
                delta.layers().keySet().stream()
                        .sorted()
                        .map(layer -> layer + " -1")
                        .toList());
        Program.run(
                "mksquashfs",
                state.root().toString(),
                file.toString(),
                "-quiet",
                "-no-progress",
                "-noappend",
                "-comp",
                "zstd",
                "-Xcompression-level",
                "1",
                "-ef",
                left.toString(),
                "-sort",
                order.toString());
    }

    private static FrozenImage image(Delta delta, Path file) throws IOException {
        var size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var blocks = BlockTable.of(in);
            var layers =
                    delta.layers().values().stream().mapToLong(Long::longValue).sum();
            return new FrozenImage(size, (int) Math.max(0, (size - layers) / BlockTable.BLOCK), blocks);
        }
    }

    /** What this build read, then what the builds before it did. */
    private List<List<BlockRun>> touched(Thawed thawed) throws IOException, InterruptedException {
        if (thawed.state().isEmpty()) {
            return List.of();
        }
        var agent = ProcessHandle.of(thawed.state().get().agent());
        agent.ifPresent(ProcessHandle::destroy);
        for (var i = 0; i < 200 && agent.filter(ProcessHandle::isAlive).isPresent(); i++) {
            Thread.sleep(5);
        }
        var all = new ArrayList<List<BlockRun>>();
        all.add(Thawed.touched(run));
        all.addAll(thawed.state().get().head().touched());
        return all.stream().filter(build -> !build.isEmpty()).toList();
    }
}
