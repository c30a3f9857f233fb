package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.build.SharedFiles.Write;
import dev.sledge.plan.BuildPlan;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who builds an image of a commit of a ref: one file each, {@code claims/<image path>/<ref's tag>/<commit>.json}, so that deliveries that
 * come twice and functions that are tried again come to one build.
 *
 * <p>A claim without a build is that of somebody who died before one ran, or whose start is not known: it is taken over, with the same
 * token. A claim whose build did not succeed, or whose image is gone, is taken over with the next token: asking again is how a person has
 * it tried again.
 */
public final class Claims {
    private static final JsonMapper JSON = new JsonMapper();

    private final SharedFiles files;
    private final Results results;
    private final Builds builds;
    private final ImageRegistry registry;

    /** @param registry where a build's image is, unless somebody has deleted it since */
    public Claims(Bucket bucket, Builds builds, ImageRegistry registry) {
        this.files = bucket.shared();
        this.results = bucket.results();
        this.builds = builds;
        this.registry = registry;
    }

    /** What came of asking to build something. */
    public sealed interface Claim {
        /**
         * It is for the asker to build.
         *
         * @param found the build that an earlier asker started, and did not live to write down
         */
        record Granted(StartToken token, Optional<StartedBuild> found, Seen.Present file, int attempt)
                implements Claim {}

        /** A build of it runs, or its end is not yet recorded. */
        record Running(StartedBuild build) implements Claim {}

        /** It was built, and what was pushed of it is there. */
        record Built(StartedBuild build) implements Claim {}
    }

    private record Content(int attempt, Optional<StartedBuild> build) {}

    /** Asks to build what {@code plan} says. */
    public Claim claim(BuildPlan plan, Asker asker) {
        while (true) {
            var claim = switch (files.read(key(plan))) {
                case Seen.Absent absent -> grant(absent, 1, Optional.empty());
                case Seen.Present present -> again(plan, asker, present);
            };
            if (claim.isPresent()) {
                return claim.get();
            }
        }
    }

    private Optional<Claim> again(BuildPlan plan, Asker asker, Seen.Present seen) {
        var content = read(seen.key(), seen.content());
        if (content.build().isEmpty()) {
            return grant(seen, content.attempt(), builds.find(plan, StartToken.of(seen.key(), content.attempt())));
        }
        var standing = asker == Asker.PERSON
                ? Optional.<Claim>empty()
                : standing(plan, content.build().get(), StartToken.of(seen.key(), content.attempt()));
        return standing.isPresent() ? standing : grant(seen, content.attempt() + 1, Optional.empty());
    }

    /** Nothing if somebody else was faster. */
    private Optional<Claim> grant(Seen seen, int attempt, Optional<StartedBuild> found) {
        return switch (files.write(seen, text(new Content(attempt, Optional.empty())))) {
            case Write.Written(var file) ->
                Optional.of(new Claim.Granted(StartToken.of(seen.key(), attempt), found, file, attempt));
            case Write.Overtaken() -> Optional.empty();
        };
    }

    /** What a build that was started means for whoever asks now; nothing if it has to be done again. */
    private Optional<Claim> standing(BuildPlan plan, StartedBuild build, StartToken token) {
        var record = results.get(ResultFolder.of(plan, build), "record.json");
        if (record.isPresent()) {
            var succeeded = RecordJson.succeeded(new String(record.get(), StandardCharsets.UTF_8));
            return succeeded && isThere(plan) ? Optional.of(new Claim.Built(build)) : Optional.empty();
        }
        return builds.find(plan, token).map(Claim.Running::new);
    }

    private boolean isThere(BuildPlan plan) {
        return !plan.pushes() || registry.find(plan.output().commitImage()).isPresent();
    }

    /** Writes down which build came of a claim. If somebody took it over meanwhile, that one's word stands: the build is the same. */
    public void started(Claim.Granted claim, StartedBuild build) {
        files.write(claim.file(), text(new Content(claim.attempt(), Optional.of(build))));
    }

    private static String key(BuildPlan plan) {
        var output = plan.output();
        return "claims/" + output.image().path() + "/" + output.refTag() + "/"
                + plan.source().commit() + ".json";
    }

    private static Content read(String key, String text) {
        try {
            var json = JSON.readTree(text);
            var build = json.path("build");
            return new Content(
                    json.path("attempt").asInt(1),
                    build.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new StartedBuild(
                                    build.path("id").asText(),
                                    build.path("number").asInt())));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException(key + " is no claim; delete it, and push again: " + e.getMessage(), e);
        }
    }

    private static String text(Content content) {
        var json = JSON.createObjectNode().put("attempt", content.attempt());
        content.build()
                .ifPresent(
                        build -> json.putObject("build").put("id", build.id()).put("number", build.number()));
        return json.toString();
    }
}
