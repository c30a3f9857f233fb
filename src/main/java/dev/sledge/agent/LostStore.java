package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What is done when a block that somebody waits for cannot be had: the engine and all that runs in it ends before anybody sees an error, and the
 * build starts over.
 */
final class LostStore implements Consumer<IOException> {
    private final Path run;
    private final Report report;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean lost;

    /** @param run the directory where {@code lost} tells the build of it */
    LostStore(Path run, Report report) {
        this.run = run;
        this.report = report;
    }

    /** Returns when the engine has been ended, whoever comes first. */
    @Override
    public void accept(IOException why) {
        lock.lock();
        try {
            // Before there is an engine nobody but the thaw sees the error, which tries something else.
            if (lost || !Files.exists(run.resolve(Thawed.FILE))) {
                return;
            }
            lost = true;
            tell(String.valueOf(why.getMessage()));
            Engine.kill();
        } catch (IOException e) {
            Main.say(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    /** The engine has to end even if there is no room to say why. */
    private void tell(String why) {
        try {
            Files.writeString(run.resolve("lost"), why);
            report.add("lost", Report.event().put("why", why));
        } catch (IOException e) {
            Main.say(why + "; " + e.getMessage());
        }
    }
}
