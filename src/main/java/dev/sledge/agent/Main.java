package dev.sledge.agent;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * {@code sledge-agent PROTOCOL COMMAND ARGUMENT…}: the buildspec says which version of the agent's commands it was written for.
 *
 * <ul>
 *   <li>{@code get s3://BUCKET/KEY} writes an object to stdout; exits with 4 if there is none
 *   <li>{@code put s3://BUCKET/KEY} stores stdin as an object, if it ends with {@value MarkedStream#MARK}, which is not stored
 *   <li>{@code layout s3://BUCKET/PREFIX PORT} serves a cache there as a registry on the loopback, until it is ended
 *   <li>{@code thaw} and {@code freeze}: {@link FrozenCommands}
 *   <li>{@code mirror https://HOST/PATH PORT} serves the official images of Docker Hub that lie there, until it is ended
 * </ul>
 *
 * <p>It exits with 2 for what it does not understand, with 3 if S3 or a stream fails.
 */
public final class Main {
    /** Raised whenever a command changes its meaning. */
    static final String PROTOCOL = "1";

    /** For an answer of S3, or for more of one; then it is asked again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The same where a build waits for each block. */
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(5);

    private static final int USAGE = 2;
    private static final int FAILED = 3;
    private static final int ABSENT = 4;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv()));
    }

    private static int run(List<String> arguments, Map<String, String> environment) {
        try {
            command(arguments, environment);
            return 0;
        } catch (UsageException e) {
            return failed(USAGE, String.valueOf(e.getMessage()));
        } catch (S3Exception e) {
            return Absence.is(e)
                    ? failed(ABSENT, "nothing is there yet")
                    : failed(FAILED, String.valueOf(e.getMessage()));
        } catch (IOException | SdkException e) {
            return failed(FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int failed(int status, String why) {
        say(why);
        return status;
    }

    /** Tells whoever reads the build's log. */
    static void say(String what) {
        System.err.println("sledge-agent: " + what);
    }

    private static void command(List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        if (arguments.equals(List.of("warm-up"))) {
            WarmUp.run();
            return;
        }
        if (arguments.isEmpty() || !arguments.getFirst().equals(PROTOCOL)) {
            throw new UsageException("this agent has the commands of protocol " + PROTOCOL + ", and is asked for "
                    + (arguments.isEmpty() ? "none" : arguments.getFirst())
                    + "; build the image of builds (infra/build-image) from the same version of Sledge");
        }
        if (arguments.size() > 1 && arguments.get(1).equals("mirror")) {
            mirror(arguments, environment);
            return;
        }
        var readers = new Tagging(environment.getOrDefault("SLEDGE_CACHE_READERS", ""));
        var isPublic = Boolean.parseBoolean(environment.getOrDefault("SLEDGE_CACHE_PUBLIC", "false"));
        var patience = arguments.size() > 1 && arguments.get(1).equals("thaw") ? LITTLE_PATIENCE : PATIENCE;
        try (var s3 = client(S3Client.builder(), patience)) {
            var named = isPublic ? readers : new Tagging("");
            var frozen = new FrozenCommands(s3, readers, named, FrozenCommands.RUN, environment);
            run(s3, readers, named, frozen, arguments);
        }
    }

    /**
     * Runs a command.
     *
     * @param readers who else may read what only somebody finds who knows its digest
     * @param named who else may read what has a name
     * @param frozen the commands about frozen engines
     */
    private static void run(S3Client s3, Tagging readers, Tagging named, FrozenCommands frozen, List<String> arguments)
            throws IOException, InterruptedException {
        switch (arguments.size() > 1 ? arguments.get(1) : "") {
            case "get" -> get(s3, argument(arguments, 2));
            case "put" -> put(s3, named, argument(arguments, 2));
            case "layout" -> {
                var store = new LayoutStore(s3, argument(arguments, 2), readers, named, InstantSource.system());
                try (var registry = new LayoutRegistry(store, port(arguments), Main::say)) {
                    registry.serve();
                }
            }
            case "thaw" -> {
                if (frozen.thaw(arguments.subList(2, arguments.size()))) {
                    Thread.currentThread().join();
                }
            }
            case "freeze" -> frozen.freeze(arguments.subList(2, arguments.size()));
            default ->
                throw new UsageException("usage: sledge-agent " + PROTOCOL
                        + " get|put|layout|thaw|freeze s3://BUCKET/KEY [ARGUMENT…], or mirror https://HOST/PATH PORT");
        }
    }

    private static void mirror(List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        var config = environment.getOrDefault("DOCKER_CONFIG", environment.getOrDefault("HOME", "/root") + "/.docker");
        var logins = new DockerLogins(Path.of(config, "config.json"));
        try (var mirror = new HubMirror(upstream(arguments), logins, port(arguments), Main::say)) {
            mirror.serve();
        }
    }

    private static URI upstream(List<String> arguments) {
        var upstream = URI.create(arguments.size() > 2 ? arguments.get(2) : "");
        if (upstream.getHost() == null) {
            throw new UsageException("mirror needs a registry, https://HOST/PATH");
        }
        return upstream;
    }

    private static S3Address argument(List<String> arguments, int at) {
        if (arguments.size() <= at) {
            throw new UsageException(arguments.get(1) + " needs an address, s3://BUCKET/KEY");
        }
        return S3Address.parse(arguments.get(at));
    }

    private static int port(List<String> arguments) {
        try {
            return Integer.parseInt(arguments.size() > 3 ? arguments.get(3) : "");
        } catch (NumberFormatException e) {
            throw new UsageException(arguments.get(1) + " needs a port");
        }
    }

    private static void put(S3Client s3, Tagging tagging, S3Address address) throws IOException {
        var in = new MarkedStream(System.in);
        new StreamUpload(s3, tagging).store(address, in, in::checkEnd);
    }

    private static void get(S3Client s3, S3Address address) throws IOException {
        try (var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
            new ParallelDownload(s3).copy(address, out);
        }
    }

    /** What travels is checked by its digest where that counts; a second checksum of each part only takes time. */
    static S3Client client(S3ClientBuilder builder) {
        return client(builder, PATIENCE);
    }

    private static S3Client client(S3ClientBuilder builder, Duration patience) {
        return builder.httpClient(new RetriedConnections(UrlConnectionHttpClient.builder()
                        .connectionTimeout(patience)
                        .socketTimeout(patience)
                        .build()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }
}
