package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    @Test
    void aPortIsReachedThroughItsSocketInBothDirections() throws Exception {
        var sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var loopback = Loopback.open()) {
            Thread.ofVirtual().start(() -> echo(service));
            loopback.expose(service.getLocalPort());
            var address = UnixDomainSocketAddress.of(loopback.directory().resolve(service.getLocalPort() + ".sock"));
            try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                client.connect(address);
                Thread.ofVirtual().start(() -> send(client, sent));
                assertThat(Channels.newInputStream(client).readAllBytes()).isEqualTo(sent);
            }
        }
    }

    /** As many as there are processors, and one more, each wait for what a silent process will say. */
    @Test
    void connectionsGoOnWhateverVirtualThreadsWaitFor() throws Exception {
        var silent = new ArrayList<Process>();
        try (var service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var loopback = Loopback.open()) {
            Thread.ofPlatform().daemon().start(() -> echo(service));
            loopback.expose(service.getLocalPort());
            for (var i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
                var process = new ProcessBuilder("sleep", "90").start();
                silent.add(process);
                Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(line -> {}));
            }
            // The scheduler helps itself with more threads at first, and gives them up when nothing happened for half a
            // minute.
            Thread.sleep(40_000);
            var address = UnixDomainSocketAddress.of(loopback.directory().resolve(service.getLocalPort() + ".sock"));
            var answer = CompletableFuture.supplyAsync(
                    () -> {
                        try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                            client.connect(address);
                            send(client, new byte[] {1, 2, 3});
                            return Channels.newInputStream(client).readAllBytes();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> Thread.ofPlatform().daemon().start(task));
            assertThat(answer.get(20, TimeUnit.SECONDS)).containsExactly(1, 2, 3);
        } finally {
            silent.forEach(Process::destroyForcibly);
        }
    }

    private static void echo(ServerSocket service) {
        try (var connection = service.accept()) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(SocketChannel client, byte[] bytes) {
        try {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                client.write(buffer);
            }
            client.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPortThatIsShownAgainGoesOnBeingShown() throws IOException {
        try (var loopback = Loopback.open()) {
            loopback.expose(1);
            loopback.expose(1);
            assertThat(loopback.directory().resolve("1.sock")).exists();
        }
    }

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        var loopback = Loopback.open();
        loopback.expose(1);
        assertThat(loopback.directory()).isNotEmptyDirectory();
        loopback.close();
        assertThat(loopback.directory()).doesNotExist();
    }
}
