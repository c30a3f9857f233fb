package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a file system image in the middle of a file becomes a directory. */
enum Mounting {
    /** By the kernel, on a loop device. */
    KERNEL {
        @Override
        void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException {
            var device = attached(file, place);
            try {
                Program.run("mount", "-t", "squashfs", "-o", "ro,noatime", device, directory.toString());
            } finally {
                // From now on it goes when the mount goes.
                Program.run("losetup", "--detach", device);
            }
        }
    },
    /** By a program of its own, where the kernel has no squashfs or no loop device. */
    SQUASHFUSE {
        @Override
        void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException {
            Fuse.device();
            Program.run(
                    "squashfuse",
                    "-o",
                    "ro,allow_other,offset=" + place.offset(),
                    file.toString(),
                    directory.toString());
        }
    },
    /** Not mounted at all: its files are written anew. */
    UNPACKED {
        @Override
        void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException {
            Program.run(
                    "unsquashfs",
                    "-quiet",
                    "-no-progress",
                    "-offset",
                    String.valueOf(place.offset()),
                    "-force",
                    "-dest",
                    directory.toString(),
                    file.toString());
        }
    };

    /** Another container may take the same device first. */
    private static final int TRIES = 5;

    /**
     * Makes the image's files appear in an empty directory.
     *
     * @throws IOException if that cannot be done here
     */
    abstract void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException;

    private static String attached(Path file, BlockMap.Place place) throws IOException, InterruptedException {
        if (!Files.exists(Path.of("/dev/loop-control"))) {
            Program.run("mknod", "/dev/loop-control", "c", "10", "237");
        }
        for (var attempt = 1; ; attempt++) {
            // "/dev/loop0 (lost)" where the container does not have the node.
            var device = Program.run("losetup", "--find").split(" ", 2)[0];
            if (!Files.exists(Path.of(device))) {
                Program.run("mknod", device, "b", "7", device.substring("/dev/loop".length()));
            }
            var command = new ArrayList<>(List.of("losetup", "--read-only"));
            command.addAll(List.of("--offset", String.valueOf(place.offset())));
            command.addAll(List.of("--sizelimit", String.valueOf(place.image().size())));
            command.addAll(List.of(device, file.toString()));
            try {
                Program.run(command);
                return device;
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw e;
                }
            }
        }
    }
}
