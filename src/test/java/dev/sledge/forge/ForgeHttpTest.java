package dev.sledge.forge;

import static dev.sledge.forge.ScriptedForge.answer;
import static dev.sledge.forge.ScriptedForge.json;
import static dev.sledge.forge.ScriptedForge.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.event.Forge;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong between us and a forge. */
class ForgeHttpTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ASKED = "GET /api/v1/thing";

    private final List<Duration> pauses = new ArrayList<>();
    private ScriptedForge forge;
    private ScriptedForge other;

    @BeforeEach
    void start() throws IOException {
        forge = new ScriptedForge();
        other = new ScriptedForge();
    }

    @AfterEach
    void stop() {
        forge.close();
        other.close();
    }

    private ForgeHttp http() {
        return http(new ForgeToken.Secret("s3cr3t"));
    }

    private ForgeHttp http(ForgeToken token) {
        var patience = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(20), 4, pauses::add);
        return new ForgeHttp(ForgeSite.of(Forge.GITEA, forge.url(), token), patience, InstantSource.fixed(NOW));
    }

    @Test
    void theTokenIsSentAndNeverPrinted() {
        forge.on(ASKED, json("{}"));
        assertThat(http().get("/thing").isOk()).isTrue();
        assertThat(forge.asked().getFirst().header("Authorization")).isEqualTo("Bearer s3cr3t");
        assertThat(http().site().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void aUserWithATokenIsBasic() {
        forge.on(ASKED, json("{}"));
        http(new ForgeToken.Secret("user:token")).get("/thing");
        assertThat(forge.asked().getFirst().header("Authorization")).isEqualTo("Basic dXNlcjp0b2tlbg==");
        http(new ForgeToken.Anonymous()).get("/thing");
        assertThat(forge.asked().getLast().header("Authorization")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectToAnotherHostEndsThere(int status) {
        forge.on(ASKED, answer(status, Map.of("Location", other.url() + "/api/v1/thing"), ""));
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> http().get("/thing"))
                .withMessageContaining("another host");
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void aPageOfAnotherHostIsNotAskedFor() {
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> http().get(URI.create(other.url() + "/page=2"), "application/json"));
        assertThat(other.asked()).isEmpty();
    }

    @Test
    void aRedirectToNoAddressEndsThere() {
        forge.on(ASKED, answer(302, Map.of("Location", "http://[a b"), ""));
        assertThatExceptionOfType(ForgeException.class).isThrownBy(() -> http().get("/thing"));
    }

    @Test
    void aRedirectWithinTheForgeIsFollowed() {
        forge.on(ASKED, answer(301, Map.of("Location", "/api/v1/moved"), ""))
                .on("GET /api/v1/moved", json("{\"a\":1}"));
        assertThat(http().get("/thing").json().path("a").asInt()).isEqualTo(1);
    }

    @Test
    void aCircleOfRedirectsEnds() {
        forge.on(ASKED, answer(302, Map.of("Location", "/api/v1/thing"), ""));
        assertThatExceptionOfType(ForgeException.class).isThrownBy(() -> http().get("/thing"));
        assertThat(forge.asked()).hasSize(6);
    }

    @Test
    void aFaultOfTheForgeIsWaitedOut() {
        forge.on(ASKED, status(500), status(502), json("{}"));
        assertThat(http().get("/thing").status()).isEqualTo(200);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        forge.on(ASKED, exchange -> {
            throw new IOException("cut");
        });
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> http().get("/thing"))
                .withMessageContaining("GET " + forge.url() + "/api/v1/thing failed: ");
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void whatMayHaveBeenMadeIsNotAskedForTwice() {
        forge.on("POST /api/v1/thing", exchange -> {
            throw new IOException("cut");
        });
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> http().send("POST", "/thing", new JsonMapper().createObjectNode()));
        assertThat(pauses).isEmpty();
        assertThat(forge.asked()).hasSize(1);
    }

    @Test
    void aForgeThatStaysDownIsLeftAlone() {
        forge.on(ASKED, status(503));
        assertThat(http().get("/thing").status()).isEqualTo(503);
        assertThat(forge.asked()).hasSize(4);
    }

    @Test
    void aLimitIsWaitedOutAsLongAsTheForgeSays() {
        var limited =
                Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", String.valueOf(NOW.getEpochSecond() + 7));
        forge.on(ASKED, answer(429, Map.of("Retry-After", "3"), ""), answer(403, limited, ""), json("{}"));
        assertThat(http().get("/thing").isOk()).isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(7));
    }

    @Test
    void aLongWaitIsNotWaited() {
        forge.on(ASKED, answer(403, Map.of("Retry-After", "3600"), ""));
        assertThat(http().get("/thing").status()).isEqualTo(403);
        assertThat(pauses).isEmpty();
        assertThat(forge.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void whatWillNotChangeIsAskedOnce(int status) {
        forge.on(ASKED, status(status));
        assertThat(http().get("/thing").status()).isEqualTo(status);
        assertThat(forge.asked()).hasSize(1);
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() {
        forge.on(ASKED, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (var i = 0; i < 100; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                sleep();
            }
        });
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> http().get("/thing"))
                .withMessageContaining("was not answered within 2 seconds");
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBodyThatIsTooLargeIsGivenUp() {
        forge.on(ASKED, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var part = new byte[1 << 20];
            for (var i = 0; i < 64; i++) {
                exchange.getResponseBody().write(part);
            }
        });
        var patient = new Patience(Duration.ofSeconds(60), Duration.ZERO, 1, pauses::add);
        var site = ForgeSite.of(Forge.GITEA, forge.url(), new ForgeToken.Anonymous());
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> new ForgeHttp(site, patient, InstantSource.fixed(NOW)).get("/thing"))
                .withMessageContaining("more than");
    }

    @Test
    void whatIsNoJsonIsSaidToBeNone() {
        forge.on(ASKED, answer(200, Map.of(), "<html>"));
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> http().get("/thing").json())
                .withMessageContaining("/api/v1/thing was answered with something that is no JSON")
                .withMessageNotContaining("<html>");
    }

    @Test
    void aForgeThatIsNotThereIsNamed() {
        other.close();
        var site = ForgeSite.of(Forge.GITEA, other.url(), new ForgeToken.Secret("s3cr3t"));
        assertThatExceptionOfType(ForgeException.class)
                .isThrownBy(() -> new ForgeHttp(site, Patience.usual(), InstantSource.system()).get("/thing"))
                .withMessageContaining(other.url() + "/api/v1/thing")
                .withMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://u:p@git.example.com",
                "ftp://git.example.com",
                "git.example.com",
                "https://git.example.com/",
                "https://git.example.com?a"
            })
    void whatIsNoSiteIsRefused(String address) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ForgeSite.of(Forge.GITEA, URI.create(address), new ForgeToken.Anonymous()));
    }
}
