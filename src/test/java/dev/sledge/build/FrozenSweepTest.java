package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies there is written by the documentation of the format. */
class FrozenSweepTest {
    private static final ResultFolder CACHES = new ResultFolder("cache/arn:aws:codebuild:eu-central-1:1:project/hello");
    private static final ResultFolder FROZEN = new ResultFolder(CACHES.key("frozen"));

    private final ResultsInMemory results = new ResultsInMemory();

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private void put(String name, String text) {
        results.put(FROZEN, name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of one block, which the number stands for; gives its table of digests in base64. */
    private String image(int number) throws Exception {
        var table = MessageDigest.getInstance("SHA-256").digest(new byte[] {(byte) number});
        put("images/" + sha256(table), "image " + number);
        return Base64.getEncoder().encodeToString(table);
    }

    private String manifest(String... images) throws Exception {
        var text = "{\"version\":1,\"images\":["
                + String.join(
                        ",",
                        List.of(images).stream()
                                .map(blocks -> "{\"blocks\":\"" + blocks + "\"}")
                                .toList()) + "]}";
        var digest = sha256(text.getBytes(StandardCharsets.UTF_8));
        put("manifests/" + digest + ".json", text);
        return digest;
    }

    private List<String> sweep(Duration later) {
        return new FrozenSweep(results, CACHES).sweep(Instant.now().plus(later));
    }

    private List<String> names() {
        return results.list(FROZEN, "").stream().map(Results.Listed::name).toList();
    }

    @Test
    void whatNoHeadLeadsToIsDeletedWhenItIsOldEnough() throws Exception {
        var old = image(1);
        var compacted = image(2);
        var branchs = image(3);
        var lost = image(4);
        var before = manifest(old, lost);
        var previous = manifest(old);
        var current = manifest(compacted);
        var branch = manifest(compacted, branchs);
        put(
                "heads/cache/main.json",
                "{\"version\":1,\"manifest\":\"sha256:" + current + "\",\"previous\":\"sha256:" + previous + "\"}");
        put("heads/cache/branch.json", "{\"version\":1,\"manifest\":\"sha256:" + branch + "\"}");
        var all = names();

        assertThat(sweep(Duration.ofHours(1))).isEmpty();
        assertThat(names()).isEqualTo(all);
        assertThat(sweep(Duration.ofHours(4)))
                .containsExactlyInAnyOrder(
                        "images/" + sha256(Base64.getDecoder().decode(lost)), "manifests/" + before + ".json");
        assertThat(names()).hasSize(all.size() - 2);
    }

    @Test
    void nothingIsDeletedWhereAHeadIsOfAnotherVersion() throws Exception {
        image(1);
        put("heads/newer.json", "{\"version\":2}");
        assertThat(sweep(Duration.ofDays(1))).isEmpty();
        put("heads/newer.json", "half a");
        assertThat(sweep(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void aManifestThatIsGoneLeadsToNothing() throws Exception {
        image(1);
        put("heads/main.json", "{\"version\":1,\"manifest\":\"sha256:" + "0".repeat(64) + "\"}");
        assertThat(sweep(Duration.ofDays(1))).hasSize(1);
    }
}
