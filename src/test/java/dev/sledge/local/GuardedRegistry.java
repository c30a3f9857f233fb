package dev.sledge.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An OCI registry that lets nobody do what its token does not say: distribution, in a container, with a token service whose rights the test
 * decides.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">token authentication</a>
 */
public final class GuardedRegistry implements AutoCloseable {
    private static final String NAME = "sledge";
    private static final JsonMapper JSON = new JsonMapper();

    private final DockerEngine engine;
    private final Rights rights;
    private final HttpServer tokens;
    private final PrivateKey key;
    private final Certificate certificate;
    private final String container = "sledge-test-" + UUID.randomUUID();
    private final int port;

    /** Who may do what. */
    public interface Rights {
        /**
         * Asked for each token.
         *
         * @param action {@code pull}, {@code push} or {@code delete}
         */
        boolean allow(String user, String action, String repository);
    }

    /**
     * Starts it, empty.
     *
     * @param directory for its key
     */
    public GuardedRegistry(LocalServices services, Path directory, Rights rights) throws Exception {
        this.engine = services.engine();
        this.rights = rights;
        var store = directory.resolve("token.p12");
        Keytool.run(store, "-genkeypair", "-alias", "t", "-keyalg", "RSA", "-dname", "CN=" + NAME);
        var pem = directory.resolve("token.pem");
        Keytool.run(store, "-exportcert", "-rfc", "-alias", "t", "-file", pem.toString());
        var keys = KeyStore.getInstance(store.toFile(), Keytool.PASSWORD.toCharArray());
        key = (PrivateKey) keys.getKey("t", Keytool.PASSWORD.toCharArray());
        certificate = keys.getCertificate("t");
        tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext("/token", this::answer);
        tokens.start();
        port = LoopbackPort.free(directory.resolve("port"));
        start(pem);
        services.expose(port);
        services.expose(tokens.getAddress().getPort());
    }

    private void start(Path pem) {
        var image = Scripts.install(System.getenv())
                .run(engine.environment(), what -> {}, "local/images.sh", "registry-image")
                .getLast();
        var command = new ArrayList<>(List.of("run", "--detach", "--rm", "--name", container));
        Map.of(
                        "REGISTRY_AUTH",
                        "token",
                        "REGISTRY_AUTH_TOKEN_REALM",
                        realm(),
                        "REGISTRY_AUTH_TOKEN_SERVICE",
                        NAME,
                        "REGISTRY_AUTH_TOKEN_ISSUER",
                        NAME,
                        "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE",
                        "/token.pem")
                .forEach((name, value) -> command.add("--env=" + name + "=" + value));
        command.addAll(List.of("--volume", pem + ":/token.pem:ro", "--publish", "127.0.0.1:" + port + ":5000", image));
        engine.docker(command.toArray(String[]::new));
    }

    /** Where clients get their tokens. */
    public String realm() {
        return "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token";
    }

    /** As images name it. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var login = exchange.getRequestHeaders().getFirst("Authorization");
            // Clients ask by POST first, and as this service knows only GET go on with that.
            if (!exchange.getRequestMethod().equals("GET") || login == null) {
                exchange.sendResponseHeaders(login == null ? 401 : 404, -1);
                return;
            }
            var user = new String(
                            Base64.getDecoder().decode(login.substring("Basic ".length())), StandardCharsets.UTF_8)
                    .replaceFirst(":.*", "");
            var scopes = Arrays.stream(exchange.getRequestURI().getRawQuery().split("&"))
                    .filter(parameter -> parameter.startsWith("scope="))
                    .flatMap(parameter -> Arrays.stream(
                            URLDecoder.decode(parameter.substring("scope=".length()), StandardCharsets.UTF_8)
                                    .split(" ")))
                    .toList();
            var body = JSON.writeValueAsBytes(Map.of("token", token(user, scopes)));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /**
     * A token of a user, with as much of what is asked for as the user may.
     *
     * @param scopes such as {@code repository:name:pull,push}
     */
    public String token(String user, List<String> scopes) {
        var now = Instant.now().getEpochSecond();
        var access = scopes.stream().map(scope -> access(user, scope)).toList();
        try {
            var header = Map.of(
                    "typ",
                    "JWT",
                    "alg",
                    "RS256",
                    "x5c",
                    List.of(Base64.getEncoder().encodeToString(certificate.getEncoded())));
            var claims = Map.of(
                    "iss",
                    NAME,
                    "aud",
                    NAME,
                    "sub",
                    user,
                    "nbf",
                    now - 10,
                    "exp",
                    now + 3600,
                    "iat",
                    now,
                    "access",
                    access);
            var text = part(JSON.writeValueAsBytes(header)) + "." + part(JSON.writeValueAsBytes(claims));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + part(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> access(String user, String scope) {
        var parts = scope.split(":", 3);
        var actions = Arrays.stream(parts[2].split(","))
                .filter(action -> rights.allow(user, action, parts[1]))
                .toList();
        return Map.of("type", parts[0], "name", parts[1], "actions", actions);
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        tokens.stop(0);
        engine.tryDocker("rm", "--force", "--volumes", container);
    }
}
