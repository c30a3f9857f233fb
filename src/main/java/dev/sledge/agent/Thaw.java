package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Gives an engine that is not started yet the state of one that was stopped: finds its head, shows its images and fills the state's directory
 * with links to them. The blocks of the images are served as long as this process lives.
 *
 * @param images where the images of the store are read
 * @param run a directory of this container's
 */
record Thaw(FrozenStore store, BlockFetcher.Source images, EngineState state, Path run, List<Way> ways, Report report) {
    /** Of the newest image, which nobody has read yet, so much is fetched at once; with eight times as much builds took longer, not less. */
    private static final int NEWEST = 4 << 20;

    /**
     * Thaws the first of some scopes that can be.
     *
     * @return whether one could be; if not, the state is empty
     */
    boolean thaw(List<String> scopes) throws IOException, InterruptedException {
        Files.createDirectories(run);
        // Both need a moment, and the store too.
        var here = new FutureTask<>(() -> {
            Devices.make();
            return Engine.version();
        });
        Thread.ofPlatform().daemon().start(here);
        var versions = new TreeMap<String, String>();
        var why = new ArrayList<String>();
        for (var scope : scopes) {
            try {
                var found = store.head(scope);
                if (found.isEmpty()) {
                    why.add(scope + ": nothing is frozen yet");
                    continue;
                }
                versions.put(scope, found.get().version());
                var head = found.get().head();
                thaw(scope, head, versions, here);
                return true;
            } catch (IOException | RuntimeException e) {
                why.add(scope + ": " + e.getMessage());
                Filling.empty(state);
            }
        }
        new Thawed(versions, Optional.empty()).write(run);
        var event = Report.event();
        why.forEach(event.putArray("why")::add);
        report.add("not_thawed", event);
        return false;
    }

    private void thaw(String scope, FrozenHead head, Map<String, String> versions, Future<EngineVersion> versionHere)
            throws IOException, InterruptedException {
        var began = System.nanoTime();
        var manifest = store.manifest(head.manifest());
        var here = known(versionHere);
        if (!manifest.engine().equals(here)) {
            throw new IOException("it is of " + manifest.engine() + ", and here is " + here);
        }
        var map = new BlockMap(manifest.images());
        var queue = new BlockQueue(map);
        queue.remember(map.ranges(ends(manifest)));
        queue.remember(map.ranges(first(manifest, head)));
        Files.createDirectories(state.disk().getParent());
        var disk = new BlockDisk(map, queue, state.disk());
        var fetcher = BlockFetcher.start(map, queue, disk, images);
        // Another scope may be tried after this one.
        var place = Files.createDirectories(run.resolve(String.valueOf(versions.size())));
        var server = NbdServer.start(place.resolve("nbd"), disk, new LostStore(run, report));
        ShownImages shown;
        long shownAt;
        try {
            shown = ShownImages.show(
                    new ShownImages.Disk(map, queue, state.disk(), server.path()), ways, place, state.unpacked());
            shownAt = System.nanoTime();
            new Filling(state, manifest, shown.directories()).fill();
        } catch (IOException | RuntimeException e) {
            fetcher.close();
            server.close();
            disk.close();
            throw e;
        }
        var event = Report.event()
                .put("scope", scope)
                .put("manifest", head.manifest().toString())
                .put("build", manifest.build())
                .put("way", shown.way().label())
                .put("images", manifest.images().size())
                .put("size", manifest.size())
                .put("show_milliseconds", (shownAt - began) / 1_000_000)
                .put("fill_milliseconds", (System.nanoTime() - shownAt) / 1_000_000);
        shown.impossible().forEach(event.putArray("impossible")::add);
        report.add("thawed", event);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> served(map, queue, fetcher)));
        new Thawed(
                        versions,
                        Optional.of(new Thawed.State(
                                head, manifest, ProcessHandle.current().pid(), shown.file())))
                .write(run);
    }

    private static EngineVersion known(Future<EngineVersion> version) throws IOException, InterruptedException {
        try {
            return version.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** The ends of all images, which whoever mounts one reads. */
    private static List<BlockRun> ends(FrozenManifest manifest) {
        var runs = new ArrayList<BlockRun>();
        for (var image : manifest.images()) {
            var last = image.blocks().blocks() - 1;
            runs.add(new BlockRun(image.digest(), 0, 1));
            runs.add(new BlockRun(image.digest(), Math.max(0, last - 1), Math.min(2, last + 1)));
        }
        return runs;
    }

    /** What is fetched before anybody asks: the newest image, then what earlier builds read; all if none read anything yet. */
    private static List<BlockRun> first(FrozenManifest manifest, FrozenHead head) {
        var newest = manifest.images().getLast();
        var runs = new ArrayList<BlockRun>();
        if (newest.streamed() > 0) {
            runs.add(new BlockRun(newest.digest(), 0, Math.min(newest.streamed(), NEWEST / BlockTable.BLOCK)));
        }
        runs.addAll(head.remembered());
        if (head.touched().isEmpty()) {
            manifest.images().stream()
                    .filter(image -> image.streamed() > 0)
                    .forEach(image -> runs.add(new BlockRun(image.digest(), 0, image.streamed())));
        }
        return runs;
    }

    /** Leaves what this build read for the freeze. */
    private void served(BlockMap map, BlockQueue queue, BlockFetcher fetcher) {
        try {
            var touched = queue.touched();
            report.add(
                    "served",
                    Report.event()
                            .put("touched", (long) touched.size() * BlockTable.BLOCK)
                            .put("bytes", fetcher.bytes())
                            .put("requests", fetcher.requests()));
            Thawed.writeTouched(run, map.runs(touched));
        } catch (IOException e) {
            Main.say(String.valueOf(e.getMessage()));
        }
    }
}
