package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a file system image in the middle of a file becomes a directory. */
enum Mounting {
    /** By the kernel, on a loop device. */
    KERNEL {
        @Override
        void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException {
            Program.run(
                    "mount",
                    "-t",
                    "squashfs",
                    "-o",
                    "loop,ro,noatime,offset=" + place.offset() + ",sizelimit="
                            + place.image().size(),
                    file.toString(),
                    directory.toString());
        }

        // A container does not get the nodes of devices that are made later.
        @Override
        void prepare(int images) throws IOException, InterruptedException {
            if (!Files.exists(Path.of("/dev/loop-control"))) {
                Program.run("mknod", "/dev/loop-control", "c", "10", "237");
            }
            // "/dev/loop0 (lost)" where the node is missing.
            var next = Integer.parseInt(
                    Program.run("losetup", "--find").split(" ", 2)[0].substring("/dev/loop".length()));
            // Other containers take some of them meanwhile.
            for (var number = next; number < next + 2 * images + 4; number++) {
                if (!Files.exists(Path.of("/dev/loop" + number))) {
                    Program.run("mknod", "/dev/loop" + number, "b", "7", String.valueOf(number));
                }
            }
        }
    },
    /** By a program of its own, where the kernel has no squashfs or no loop device. */
    SQUASHFUSE {
        @Override
        void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException {
            Program.run(
                    "squashfuse",
                    "-o",
                    "ro,allow_other,offset=" + place.offset(),
                    file.toString(),
                    directory.toString());
        }

        @Override
        void prepare(int images) throws IOException, InterruptedException {
            Fuse.device();
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

    /**
     * Makes ready what this machine lacks for so many images.
     *
     * @throws IOException if that cannot be done here
     */
    void prepare(int images) throws IOException, InterruptedException {}

    /**
     * Makes the image's files appear in an empty directory.
     *
     * @throws IOException if that cannot be done here
     */
    abstract void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException;
}
