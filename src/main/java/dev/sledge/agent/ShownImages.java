package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images of a frozen engine as directories.
 *
 * @param way how they came there
 * @param file all of them, one behind the other
 * @param directories one for each image, in their order
 * @param impossible why each better way was not gone
 */
record ShownImages(Way way, Path file, List<Path> directories, List<String> impossible) {
    ShownImages {
        directories = List.copyOf(directories);
        impossible = List.copyOf(impossible);
    }

    /** What lets a disk be shown: its blocks, and the file they are in. */
    record Disk(BlockMap map, BlockQueue queue, Path file, Path socket) {}

    /**
     * Shows them in the first way that goes.
     *
     * @param run a directory for mounts
     * @param unpacked where images are unpacked if none can be mounted
     * @throws IOException if none of the ways goes here, or a block cannot be had
     */
    static ShownImages show(Disk disk, List<Way> ways, Path run, Path unpacked)
            throws IOException, InterruptedException {
        var impossible = new ArrayList<String>();
        for (var way : ways) {
            var directories = new ArrayList<Path>();
            try {
                var file = way.isLazy() ? lazy(disk, run) : whole(disk);
                var parent = way.mounting() == Mounting.UNPACKED ? unpacked : run.resolve("images");
                for (var i = 0; i < disk.map().images().size(); i++) {
                    directories.add(Files.createDirectories(parent.resolve(String.valueOf(i))));
                }
                var places = disk.map().places();
                Together.all(
                        IntStream.range(0, places.size()).boxed().toList(),
                        i -> way.mounting().show(file, places.get(i), directories.get(i)));
                return new ShownImages(way, file, directories, impossible);
            } catch (IOException e) {
                impossible.add(way.label() + ": " + e.getMessage());
                unmount(directories);
            }
        }
        throw new IOException(String.join("; ", impossible));
    }

    private static void unmount(List<Path> directories) throws InterruptedException {
        for (var directory : directories) {
            try {
                Program.run("umount", "--lazy", directory.toString());
            } catch (IOException e) {
                // Not all of them were mounted.
            }
        }
    }

    private static Path lazy(Disk disk, Path run) throws IOException, InterruptedException {
        var shown = run.resolve("shown");
        return Files.exists(shown.resolve("disk"))
                ? shown.resolve("disk")
                : Fuse.show(disk.socket(), Files.createDirectories(shown));
    }

    private static Path whole(Disk disk) throws IOException, InterruptedException {
        disk.queue().remember(disk.map().whole());
        for (var range : disk.map().whole()) {
            disk.queue().await(range, false);
        }
        return disk.file();
    }
}
