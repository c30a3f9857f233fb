package dev.sledge.local;

import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jgit.transport.Daemon;
import org.eclipse.jgit.transport.UploadPack;

/** A repository that builds fetch from over git's own protocol: read-only, on a loopback port. */
final class RepositoryServer implements AutoCloseable {
    private static final String SERVED = "repository.git";

    private final org.eclipse.jgit.lib.Repository git;
    private final Daemon daemon = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    RepositoryServer(org.eclipse.jgit.lib.Repository git) {
        this.git = git;
    }

    /** Starts to serve. */
    void start() {
        try {
            daemon.setRepositoryResolver((client, name) -> {
                git.incrementOpen();
                return git;
            });
            daemon.setUploadPackFactory((client, served) -> {
                var pack = new UploadPack(served);
                // A build asks for one commit by its id, whether or not a ref still points at it.
                pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
                return pack;
            });
            daemon.start();
        } catch (IOException e) {
            throw new SourceUnavailableException("the repository cannot be served on the loopback", e);
        }
    }

    /** The port that {@link #start} listens on. */
    int port() {
        return daemon.getAddress().getPort();
    }

    URI uri() {
        return URI.create("git://127.0.0.1:" + port() + "/" + SERVED);
    }

    @Override
    public void close() {
        if (daemon.isRunning()) {
            daemon.stop();
        }
    }
}
