package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class SentAtOnceTest {
    /** Of the requests that were answered, their heads. */
    private final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    @Test
    void anObjectIsPutThoughTheServerHasClosedTheConnectionOfTheOneBefore() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var s3 = S3Client.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + server.getLocalPort()))
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(AnonymousCredentialsProvider.create())
                        .overrideConfiguration(to -> to.addExecutionInterceptor(new SentAtOnce()))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            Thread.ofVirtual().start(() -> serve(server));
            for (var name : List.of("one", "two", "three")) {
                s3.putObject(put -> put.bucket("bucket").key(name), RequestBody.fromString("text"));
            }
        }
        assertThat(heads).hasSize(3).noneMatch(head -> head.contains("Expect"));
    }

    /** Answers one request of each connection, as if more may come, and closes it. */
    private void serve(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                try (var client = server.accept()) {
                    answer(client);
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void answer(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        var head = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        heads.add(head.toString());
        client.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        // What is not read would turn the end of the connection into a reset.
        client.shutdownOutput();
        in.lines().forEach(line -> {});
    }
}
