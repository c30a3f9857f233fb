package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.event.GitRef;
import dev.sledge.plan.BuildPlan;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What stands in the file of a claim.
 *
 * @param attempt from 1
 * @param refs that asked for it, in full
 * @param plan to build by, whoever builds
 */
record ClaimContent(int attempt, SortedSet<String> refs, BuildPlan plan, Optional<StartedBuild> build) {
    private static final JsonMapper JSON = new JsonMapper();

    static ClaimContent first(BuildPlan plan) {
        return new ClaimContent(1, new TreeSet<>(List.of(ref(plan))), plan, Optional.empty());
    }

    ClaimContent joinedBy(BuildPlan other) {
        var all = new TreeSet<>(refs);
        all.add(ref(other));
        return new ClaimContent(attempt, all, plan, build);
    }

    ClaimContent triedAgain(BuildPlan other) {
        return new ClaimContent(attempt + 1, joinedBy(other).refs, other, Optional.empty());
    }

    ClaimContent builtBy(StartedBuild started) {
        return new ClaimContent(attempt, refs, plan, Optional.of(started));
    }

    List<GitRef> asked() {
        return refs.stream().map(GitRef::parse).toList();
    }

    private static String ref(BuildPlan plan) {
        return plan.source().ref().full();
    }

    static ClaimContent read(Seen.Present seen) {
        try {
            var json = JSON.readTree(seen.content());
            var refs = new TreeSet<String>();
            json.path("refs").forEach(ref -> refs.add(ref.asText()));
            var build = json.path("build");
            return new ClaimContent(
                    json.path("attempt").asInt(1),
                    refs,
                    PlanJson.read(json.path("plan").toString()),
                    build.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new StartedBuild(
                                    build.path("id").asText(),
                                    build.path("number").asInt())));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    seen.key() + " is no claim; delete it, and push again: " + e.getMessage(), e);
        }
    }

    String text() {
        var json = JSON.createObjectNode().put("attempt", attempt);
        refs.forEach(json.putArray("refs")::add);
        json.putRawValue("plan", new RawValue(PlanJson.write(plan)));
        build.ifPresent(
                started -> json.putObject("build").put("id", started.id()).put("number", started.number()));
        return json.toString();
    }
}
