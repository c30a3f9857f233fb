package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.HooksUnavailableException;
import dev.sledge.pipeline.RepositoryHooks;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Webhooks at one forge: the form of a webhook is what forges differ in. */
final class ForgeHooks implements RepositoryHooks {
    private static final int PAGES = 50;

    private final ForgeHttp http;
    private final Form form;

    ForgeHooks(ForgeHttp http) {
        this.http = http;
        this.form = switch (http.site().forge()) {
            case GITHUB -> new GitHubHookForm();
            case GITEA -> new GiteaHookForm();
            case GITLAB -> new GitLabHookForm();
            case BITBUCKET -> new BitbucketHookForm();
            case BITBUCKET_DC -> new BitbucketDataCenterHookForm();
        };
    }

    /** How one forge writes a webhook. */
    interface Form {
        /** The repository's webhooks, below the API's root, encoded, without query. */
        String path(Repository repository);

        /** What the first page is asked for with, {@code ?per_page=100}. */
        String firstPage();

        /** The webhooks of a page. */
        default JsonNode hooks(JsonNode page) {
            return page;
        }

        /** The page after one of these, where the answer's JSON tells it and not its header. */
        default Optional<String> nextPage(JsonNode page) {
            return Optional.empty();
        }

        String id(JsonNode hook);

        String url(JsonNode hook);

        boolean isComplete(JsonNode hook);

        void fill(ObjectNode json, Registration registration);

        /** How an existing one is changed. */
        default String changing() {
            return "PUT";
        }

        /**
         * Looks at a webhook as the forge made it.
         *
         * @throws HooksUnavailableException if it lacks what was asked for
         */
        default void check(ForgeAnswer made, Registration registration) {}

        /** What the token needs, in the forge's own words. */
        String permission();
    }

    @Override
    public List<Registered> list(Repository repository) {
        var registered = new ArrayList<Registered>();
        var path = form.path(repository);
        var answer = ok(asking(() -> http.get(path + form.firstPage())));
        for (var page = 1; page <= PAGES; page++) {
            var json = answer.json();
            for (var hook : form.hooks(json)) {
                address(form.url(hook))
                        .ifPresent(url -> registered.add(new Registered(form.id(hook), url, form.isComplete(hook))));
            }
            var next = answer.next();
            var query = form.nextPage(json);
            if (next.isPresent()) {
                answer = ok(asking(() -> http.get(next.get(), "application/json")));
            } else if (query.isPresent()) {
                answer = ok(asking(() -> http.get(path + query.get())));
            } else {
                return registered;
            }
        }
        throw new HooksUnavailableException(repository + " has more than " + PAGES + " pages of webhooks");
    }

    /** Others than ours may have an address that is none. */
    private static Optional<URI> address(String url) {
        try {
            return Optional.of(URI.create(url));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void register(Repository repository, Registration registration) {
        var json = new JsonMapper().createObjectNode();
        form.fill(json, registration);
        var answer = ok(
                switch (registration.target()) {
                    case Target.New() -> asking(() -> http.send("POST", form.path(repository), json));
                    case Target.Existing(var id) ->
                        asking(() ->
                                http.send(form.changing(), form.path(repository) + "/" + PathText.whole(id), json));
                });
        form.check(answer, registration);
    }

    private ForgeAnswer ok(ForgeAnswer answer) {
        if (answer.isOk()) {
            return answer;
        }
        var advice = answer.status() == 401 || answer.status() == 403 || answer.status() == 404
                ? "; the token needs " + form.permission()
                : "";
        var failure = answer.failure(advice);
        throw new HooksUnavailableException(String.valueOf(failure.getMessage()), failure);
    }

    private interface Asking {
        ForgeAnswer ask();
    }

    private static ForgeAnswer asking(Asking request) {
        try {
            return request.ask();
        } catch (ForgeException e) {
            throw new HooksUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether a list of texts holds all of these. */
    static boolean holds(JsonNode list, List<String> all) {
        var held = new ArrayList<String>();
        list.forEach(text -> held.add(text.asText()));
        return held.containsAll(all);
    }
}
