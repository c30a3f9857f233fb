package dev.sledge.agent;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same for several things at the same time. */
final class Together {
    private Together() {}

    /** What is done with each. */
    interface Step<T> {
        /** Does it. */
        void go(T thing) throws IOException, InterruptedException;
    }

    /**
     * Does it, and waits for all.
     *
     * @throws IOException of the first that fails, when all have ended
     */
    static <T> void all(List<T> things, Step<T> step) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(Math.max(1, Math.min(8, things.size())))) {
            var running = things.stream()
                    .<Future<?>>map(thing -> threads.submit(() -> {
                        step.go(thing);
                        return thing;
                    }))
                    .toList();
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }
}
