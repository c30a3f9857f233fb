package dev.sledge.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses ports of the loopback. */
final class LoopbackPort {
    private LoopbackPort() {}

    /** The port of the last run if nobody has it now, so that names of images stay true; else any free one. */
    static int free(Path remembered) {
        try {
            var last = Files.exists(remembered)
                    ? Integer.parseInt(Files.readString(remembered).strip())
                    : 0;
            var port = last != 0 && isFree(last) ? last : anyFree();
            Files.writeString(remembered, port + "\n");
            return port;
        } catch (IOException e) {
            throw new LocalServiceException("no port on the loopback is free for the registry", e);
        }
    }

    private static boolean isFree(int port) {
        // Binding would succeed beside a listener on another address; connecting tells.
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static int anyFree() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
