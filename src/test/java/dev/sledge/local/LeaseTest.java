package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    @TempDir
    Path directory;

    private final AtomicInteger stops = new AtomicInteger();

    @Test
    void theLastHolderOfThisProcessStops() {
        var file = directory.resolve("users");
        var first = Lease.take(file);
        var second = Lease.take(file);

        first.release(stops::incrementAndGet);
        assertThat(stops).hasValue(0);
        second.release(stops::incrementAndGet);
        assertThat(stops).hasValue(1);
    }

    @Test
    void aHolderInAnotherProcessKeepsItRunning() throws Exception {
        var file = directory.resolve("users");
        var mine = Lease.take(file);
        var other = holder(file);
        try {
            mine.release(stops::incrementAndGet);
            assertThat(stops).hasValue(0);
        } finally {
            other.destroyForcibly().waitFor();
        }
        // One that was killed holds nothing any more.
        Lease.take(file).release(stops::incrementAndGet);
        assertThat(stops).hasValue(1);
    }

    @Test
    void itCanBeTakenAgainAfterItWasStopped() {
        var file = directory.resolve("users");
        for (var time = 1; time <= 3; time++) {
            Lease.take(file).release(stops::incrementAndGet);
            assertThat(stops).hasValue(time);
        }
    }

    /** Another JVM that holds a share. */
    private static Process holder(Path file) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Holder.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("held");
        return process;
    }

    /** Takes a share and keeps it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            Lease.take(Path.of(arguments[0]));
            System.out.println("held");
            Thread.sleep(60_000);
        }
    }
}
