package dev.sledge.forge;

import static dev.sledge.forge.ScriptedForge.answer;
import static dev.sledge.forge.ScriptedForge.json;
import static dev.sledge.forge.ScriptedForge.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.HooksUnavailableException;
import dev.sledge.pipeline.RepositoryHooks.Registered;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import dev.sledge.pipeline.RepositoryHooks.Target;
import dev.sledge.webhook.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Webhooks as each forge keeps them: what is registered reads back as complete. */
class ForgeHooksTest {
    private static final URI URL = URI.create("https://sledge.example.com/hook/x");

    private ScriptedForge forge;

    @BeforeEach
    void start() throws IOException {
        forge = new ScriptedForge();
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private static String path(Forge kind) {
        return switch (kind) {
            case GITHUB, GITEA -> "/repos/octocat/hello/hooks";
            case GITLAB -> "/projects/octocat%2Fhello/hooks";
            case BITBUCKET -> "/repositories/octocat/hello/hooks";
            case BITBUCKET_DC -> "/api/1.0/projects/octocat/repos/hello/webhooks";
        };
    }

    private static String page(Forge kind) {
        return switch (kind) {
            case GITHUB, GITLAB -> "?per_page=100";
            case GITEA -> "?limit=50";
            case BITBUCKET -> "?pagelen=100";
            case BITBUCKET_DC -> "?limit=100";
        };
    }

    private Forges forges(Forge kind) {
        return new Forges(List.of(new ForgeSite(kind, forge.url(), forge.url(), new ForgeToken.Anonymous())));
    }

    private Repository repository() {
        return new Repository(forge.url().getAuthority(), "octocat/hello");
    }

    private JsonNode sent() throws IOException {
        return new JsonMapper().readTree(forge.asked().getLast().body());
    }

    private static String listed(Forge kind, String hook) {
        return switch (kind) {
            case GITHUB, GITEA, GITLAB -> "[" + hook + "]";
            case BITBUCKET, BITBUCKET_DC -> "{\"values\":[" + hook + "]}";
        };
    }

    @ParameterizedTest
    @EnumSource(Forge.class)
    void whatIsRegisteredReadsBackAsComplete(Forge kind) throws IOException {
        forge.on("POST " + path(kind), answer(201, Map.of(), "{}"));
        forges(kind).register(repository(), new Registration(new Target.New(), URL, new WebhookSecret("s3cr3t")));
        var hook = sent();
        assertThat(hook.toString()).contains("\"s3cr3t\"");
        // A forge gives it an id, and shows no secret.
        var shown = hook.toString().replace("s3cr3t", "********").replaceFirst("\\{", "{\"id\":7,\"uuid\":\"7\",");
        forge.on("GET " + path(kind) + page(kind), json(listed(kind, shown)));
        assertThat(forges(kind).list(repository())).containsExactly(new Registered("7", URL, true));
        var fewer = shown.replace("pull_request", "star")
                .replace("pullrequest:updated", "x")
                .replace("pr:opened", "x")
                .replace("merge_requests_events\":true", "x\":1");
        forge.on("GET " + path(kind) + page(kind), json(listed(kind, fewer)));
        forges(kind).list(repository());
        assertThat(forges(kind).list(repository())).containsExactly(new Registered("7", URL, false));
    }

    @ParameterizedTest
    @EnumSource(Forge.class)
    void anExistingOneIsChangedInItsPlace(Forge kind) {
        var method = kind == Forge.GITHUB || kind == Forge.GITEA ? "PATCH " : "PUT ";
        forge.on(method + path(kind) + "/7", json("{}"));
        forges(kind)
                .register(repository(), new Registration(new Target.Existing("7"), URL, new WebhookSecret("s3cr3t")));
        assertThat(forge.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Forge.class)
    void aRefusalSaysWhatTheTokenNeedsAndNoSecret(Forge kind) {
        forge.on("POST " + path(kind), status(404));
        assertThatExceptionOfType(HooksUnavailableException.class)
                .isThrownBy(() -> forges(kind)
                        .register(repository(), new Registration(new Target.New(), URL, new WebhookSecret("s3cr3t"))))
                .withMessageContaining("404")
                .withMessageContaining("the token needs")
                .withMessageNotContaining("s3cr3t");
    }

    @Test
    void gitLabIsGivenASigningTokenAndSaysThatItHasIt() throws IOException {
        var registration = new Registration(new Target.New(), URL, new WebhookSecret("whsec_c2VjcmV0"));
        forge.on(
                "POST " + path(Forge.GITLAB),
                answer(201, Map.of(), "{\"signing_token_present\":true}"),
                answer(201, Map.of(), "{\"id\":7}"));
        forges(Forge.GITLAB).register(repository(), registration);
        assertThat(sent().path("signing_token").asText()).isEqualTo("whsec_c2VjcmV0");
        assertThat(sent().has("token")).isFalse();
        // An old one passes over what it does not know.
        assertThatExceptionOfType(HooksUnavailableException.class)
                .isThrownBy(() -> forges(Forge.GITLAB).register(repository(), registration))
                .withMessageContaining("connect again with --plain-token")
                .withMessageNotContaining("c2VjcmV0");
    }

    @Test
    void pagesAreFollowedByLinkByNextAndByStart() {
        var github = "{\"id\":1,\"active\":true,\"events\":[],\"config\":{\"url\":\"https://a.example.com\"}}";
        forge.on(
                        "GET " + path(Forge.GITHUB) + "?per_page=100",
                        answer(
                                200,
                                Map.of("Link", "<" + forge.url() + path(Forge.GITHUB) + "?page=2>; rel=\"next\""),
                                "[" + github + "]"))
                .on("GET " + path(Forge.GITHUB) + "?page=2", json("[" + github + "]"));
        assertThat(forges(Forge.GITHUB).list(repository())).hasSize(2);
        var cloud = "{\"uuid\":\"1\",\"url\":\"https://a.example.com\"}";
        forge.on(
                        "GET " + path(Forge.BITBUCKET) + "?pagelen=100",
                        json("{\"values\":[" + cloud + "],\"next\":\"https://elsewhere.example.com/x?page=2\"}"))
                .on("GET " + path(Forge.BITBUCKET) + "?page=2", json("{\"values\":[" + cloud + "]}"));
        assertThat(forges(Forge.BITBUCKET).list(repository())).hasSize(2);
        forge.on(
                        "GET " + path(Forge.BITBUCKET_DC) + "?limit=100",
                        json("{\"values\":[" + cloud + "],\"isLastPage\":false,\"nextPageStart\":25}"))
                .on(
                        "GET " + path(Forge.BITBUCKET_DC) + "?limit=100&start=25",
                        json("{\"values\":[" + cloud + "],\"isLastPage\":true}"));
        assertThat(forges(Forge.BITBUCKET_DC).list(repository())).hasSize(2);
    }
}
