package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.webhook.Answer;
import dev.sledge.webhook.HttpRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookServerTest {
    private static final int LARGEST = 3 << 20;

    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient http = HttpClient.newHttpClient();
    private WebhookServer server;

    @BeforeEach
    void start() {
        server = WebhookServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), LARGEST, this::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer answer(HttpRequest request) {
        sizes.add(request.content().body().size());
        return Answer.error(404, request.method() + " " + request.path());
    }

    private HttpResponse<String> post(int size) throws IOException, InterruptedException {
        var request = java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/hook/x"))
                // Whoever waits for a slow one waits for half a minute.
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(new byte[size]));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, (1 << 20) - 1, 1 << 20, LARGEST})
    void aBodyComesWhole(int size) throws Exception {
        var answer = post(size);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("POST /hook/x");
        assertThat(sizes).containsExactly(size);
    }

    @Test
    void aBodyThatIsTooLongIsCutAndAnswered() throws Exception {
        assertThat(post(LARGEST + 1_000_000).statusCode()).isEqualTo(404);
        assertThat(sizes).containsExactly(LARGEST + 1);
    }

    @Test
    void whoSendsSlowlyKeepsNobodyWaiting() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 50; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream()
                        .write("POST /hook/x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertThat(post(5).statusCode()).isEqualTo(404);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        assertThatExceptionOfType(LocalServiceException.class)
                .isThrownBy(() -> WebhookServer.start(address, LARGEST, this::answer))
                .withMessageContaining("choose another with --port");
    }
}
