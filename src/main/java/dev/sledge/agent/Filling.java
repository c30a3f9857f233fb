package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an empty state directory what it was when its engine was frozen: what does not change is a link into an image, contents of cache mounts
 * are laid over what images have of them, and the rest, databases of a megabyte or so, is copied.
 *
 * @param images the directory of each image of the manifest
 */
record Filling(EngineState state, FrozenManifest manifest, List<Path> images) {
    /** Fills it. */
    void fill() throws IOException, InterruptedException {
        copy(images.getLast());
        for (var link : manifest.links().entrySet()) {
            var path = state.at(link.getKey());
            Files.createDirectories(path.resolve("..").normalize());
            Files.createSymbolicLink(path, images.get(link.getValue()).resolve(link.getKey()));
        }
        Together.all(List.copyOf(manifest.parts().entrySet()), part -> lay(part.getKey(), part.getValue()));
    }

    private void copy(Path image) throws IOException {
        Files.walkFileTree(image, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                var path = image.relativize(directory).toString();
                if (isShown(path)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                var copy = state.at(path);
                if (!Files.isDirectory(copy)) {
                    Files.createDirectory(copy);
                }
                own(directory, copy);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var path = image.relativize(file).toString();
                // The device of the disk that the engine was on, which it makes anew: to copy it would be to copy the
                // disk.
                if (!isShown(path) && !attributes.isOther()) {
                    Files.copy(file, state.at(path), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private boolean isShown(String path) {
        return manifest.links().containsKey(path) || manifest.parts().containsKey(path);
    }

    /** Owner and mode of another directory. */
    private static void own(Path from, Path to) throws IOException {
        for (var attribute : List.of("unix:uid", "unix:gid", "unix:mode")) {
            Files.setAttribute(to, attribute, Files.getAttribute(from, attribute));
        }
    }

    /** A directory that is changed lies over what images have of it, so none of that has to be copied. */
    private void lay(String part, List<Integer> of) throws IOException, InterruptedException {
        var target = state.at(part);
        var newestFirst = of.stream()
                .sorted(Comparator.reverseOrder())
                .map(image -> images.get(image).resolve(part))
                .toList();
        Files.createDirectories(target);
        var changes = state.changes(part);
        var upper = Files.createDirectories(changes.resolve("upper"));
        var work = Files.createDirectories(changes.resolve("work"));
        own(newestFirst.getFirst(), upper);
        // mount's newer way takes no value of more than 256 bytes, which the directories of three images are. And
        // without redirect_dir a
        // directory that an image has could not be renamed, which on a disk it can.
        Program.run(
                "env",
                "LIBMOUNT_FORCE_MOUNT2=always",
                "mount",
                "-t",
                "overlay",
                "-o",
                "redirect_dir=on,lowerdir="
                        + newestFirst.stream().map(Path::toString).collect(Collectors.joining(":")) + ",upperdir="
                        + upper
                        + ",workdir=" + work,
                "sledge",
                target.toString());
    }

    /** Takes away what {@link #fill} made of a state that is not used. */
    static void empty(EngineState state) throws IOException, InterruptedException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
            for (var mount : mounts.map(line -> line.split(" ", 3)[1])
                    .filter(path -> path.startsWith(state.root() + "/"))
                    .toList()) {
                Program.run("umount", "--lazy", mount);
            }
        }
        try (var entries = Files.newDirectoryStream(state.root())) {
            for (var entry : entries) {
                Program.run("rm", "-rf", "--one-file-system", entry.toString());
            }
        }
    }
}
