package dev.sledge.local;

import dev.sledge.build.BuildNotStartedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The numbers of the builds of each project, as CodeBuild counts them.
 *
 * @param directory has a file for each project
 */
record BuildNumbers(Path directory) {
    /** A process holds the lock of a file once, whichever of its threads does. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    /** Builds of a project are numbered from 1, also when two processes or threads start one at once. */
    int next(String project) {
        IN_THIS_PROCESS.lock();
        try {
            return counted(project);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private int counted(String project) {
        var counter = directory.resolve(project + ".number");
        try (var file = FileChannel.open(
                counter, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Given up when the file is closed.
            file.lock();
            var content = ByteBuffer.allocate(32);
            file.read(content, 0);
            var text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
            var number = (text.isEmpty() ? 0 : Integer.parseInt(text)) + 1;
            file.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return number;
        } catch (IOException e) {
            throw new BuildNotStartedException("the build counter " + counter + " cannot be written", e);
        }
    }
}
