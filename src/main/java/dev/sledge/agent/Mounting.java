package dev.sledge.agent;

import java.io.IOException;
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
     * Makes the image's files appear in an empty directory.
     *
     * @throws IOException if that cannot be done here
     */
    abstract void show(Path file, BlockMap.Place place, Path directory) throws IOException, InterruptedException;
}
