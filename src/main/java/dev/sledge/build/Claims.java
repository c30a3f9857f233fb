package dev.sledge.build;

import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.build.SharedFiles.Write;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.plan.BuildPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who builds an image of a commit: one file each, {@code claims/<image path>/<trust class>/<commit>.json}, so that deliveries that come
 * twice, refs that come to one commit, and functions that are tried again come to one build.
 *
 * <p>A claim without a build is that of somebody who died before one ran, or whose start is not known: it is taken over as it is, with the
 * same plan and token. A claim whose build left no image is taken over with the next token: asking again is how a person has it tried
 * again. A ref that comes to a claim later is noted in it: its tag follows when the build ends.
 */
public final class Claims {
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
         * @param plan to build by: the asker's, or that of the one whose claim it takes over
         * @param found the build that an earlier asker started, and did not live to write down
         */
        record Granted(BuildPlan plan, StartToken token, Optional<StartedBuild> found, Seen.Present file)
                implements Claim {}

        /** A build of it runs, by this plan, or its end is not yet recorded. */
        record Running(BuildPlan plan, StartedBuild build) implements Claim {}

        /** It was built, by this plan, and what was pushed of it is there. */
        record Built(BuildPlan plan, StartedBuild build) implements Claim {}
    }

    /** Asks to build what {@code plan} says. */
    public Claim claim(BuildPlan plan, Asker asker) {
        while (true) {
            var claim = switch (files.read(key(plan))) {
                case Seen.Absent absent -> grant(absent, ClaimContent.first(plan), Optional.empty());
                case Seen.Present present -> again(plan, asker, present);
            };
            if (claim.isPresent()) {
                return claim.get();
            }
        }
    }

    private Optional<Claim> again(BuildPlan plan, Asker asker, Seen.Present seen) {
        var content = ClaimContent.read(seen);
        return switch (asker) {
            case PERSON -> grant(seen, content.triedAgain(plan), Optional.empty());
            case FORGE -> {
                var token = StartToken.of(seen.key(), content.attempt());
                if (content.build().isEmpty()) {
                    yield grant(seen, content.joinedBy(plan), builds.find(content.plan(), token));
                }
                var standing = standing(content.plan(), content.build().get(), token);
                yield standing.isPresent()
                        ? joined(plan, seen, content, standing.get())
                        : grant(seen, content.triedAgain(plan), Optional.empty());
            }
        };
    }

    /** Nothing if somebody else was faster. */
    private Optional<Claim> grant(Seen seen, ClaimContent content, Optional<StartedBuild> found) {
        return switch (files.write(seen, content.text())) {
            case Write.Written(var file) ->
                Optional.of(
                        new Claim.Granted(content.plan(), StartToken.of(seen.key(), content.attempt()), found, file));
            case Write.Overtaken() -> Optional.empty();
        };
    }

    /** Nothing if the ref had to be noted first: the build may have ended meanwhile, so that nobody reads the note any more. */
    private Optional<Claim> joined(BuildPlan plan, Seen.Present seen, ClaimContent content, Claim standing) {
        var joined = content.joinedBy(plan);
        if (joined.equals(content)) {
            return Optional.of(standing);
        }
        files.write(seen, joined.text());
        return Optional.empty();
    }

    /** What a build that was started means for whoever asks now; nothing if it has to be done again. */
    private Optional<Claim> standing(BuildPlan plan, StartedBuild build, StartToken token) {
        var record = results.get(ResultFolder.of(plan, build), "record.json");
        if (record.isPresent()) {
            var text = new String(record.get(), StandardCharsets.UTF_8);
            return isBuilt(plan, text) ? Optional.of(new Claim.Built(plan, build)) : Optional.empty();
        }
        return builds.find(plan, token).map(found -> new Claim.Running(plan, found));
    }

    /** A build can push its image and fail after that. To build another would be refused: the tag of a commit never moves. */
    private boolean isBuilt(BuildPlan plan, String record) {
        return plan.pushes() ? registry.find(plan.output().commitImage()).isPresent() : RecordJson.succeeded(record);
    }

    /** Writes down which build came of a claim. If somebody took it over meanwhile, that one's word stands: the build is the same. */
    public void started(Claim.Granted claim, StartedBuild build) {
        files.write(claim.file(), ClaimContent.read(claim.file()).builtBy(build).text());
    }

    /**
     * The refs that asked for the image of a plan's commit. Whoever ends a build asks after its record is written: a ref that is noted
     * later finds the record.
     */
    public static List<GitRef> refs(SharedFiles files, BuildPlan plan) {
        return switch (files.read(key(plan))) {
            case Seen.Absent absent -> List.of();
            case Seen.Present present -> ClaimContent.read(present).asked();
        };
    }

    /**
     * A build whose end is not recorded.
     *
     * @param refs that asked for it
     */
    public record Unfinished(StartedBuild build, List<GitRef> refs) {}

    /** The build of another commit of a plan's image, unless it has ended or never began. */
    public Optional<Unfinished> unfinished(BuildPlan plan, CommitId other) {
        return switch (files.read(key(plan, other))) {
            case Seen.Absent absent -> Optional.empty();
            case Seen.Present present -> {
                var content = ClaimContent.read(present);
                yield content.build()
                        .filter(build -> results.get(ResultFolder.of(content.plan(), build), "record.json")
                                .isEmpty())
                        .map(build -> new Unfinished(build, content.asked()));
            }
        };
    }

    private static String key(BuildPlan plan) {
        return key(plan, plan.source().commit());
    }

    private static String key(BuildPlan plan, CommitId commit) {
        return "claims/" + plan.output().image().path() + "/"
                + plan.source().trust().name().toLowerCase(Locale.ROOT) + "/" + commit + ".json";
    }
}
