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
import java.util.Random;
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
