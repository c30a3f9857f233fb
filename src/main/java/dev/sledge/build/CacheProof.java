package dev.sledge.build;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether the cache did what it is there for. What must have been hit is what the build before wrote into a cache that this build reads,
 * and what no change of files can touch: the first steps of a stage on the same base image, up to the first that takes files from the
 * context. If none of these was hit, nor any other, the cache is broken, whatever the builder says.
 */
public final class CacheProof {
    /** Shorter than any cache lives. */
    private static final Duration REMEMBERED = Duration.ofDays(10);

    private static final Pattern TAKES_FILES = Pattern.compile(
            "(?i)(COPY|ADD)\\s(?!.*--from=).*|RUN\\s.*--mount=(?!.*(type=(cache|secret|ssh|tmpfs)|from=)).*");

    private CacheProof() {}

    /**
     * What is wrong, in one sentence.
     *
     * @param past builds before it, newest first
     * @return empty if the cache helped, or need not have
     */
    public static Optional<String> broken(BuildRecord record, BuildLog log, List<PastBuild> past) {
        if (record.hits() > 0 || record.runs() == 0) {
            return Optional.empty();
        }
        return past.stream()
                .filter(build ->
                        build.wrote().stream().anyMatch(record.plan().cache().reads()::contains))
                .findFirst()
                .filter(build -> isRemembered(build, record))
                .filter(build -> build.args().equals(record.plan().recipe().args()))
                .flatMap(build -> broken(record.plan(), log, build));
    }

    private static boolean isRemembered(PastBuild build, BuildRecord record) {
        return Instant.parse(build.ended())
                .plus(REMEMBERED)
                .isAfter(record.finished().started());
    }

    private static Optional<String> broken(BuildPlan plan, BuildLog log, PastBuild build) {
        var expected = new ArrayList<String>();
        for (var stage : plan.stages()) {
            build.stages().stream()
                    .filter(before -> before.name().equals(stage.name()))
                    .filter(before -> !before.base().isEmpty()
                            && log.base(stage).filter(before.base()::equals).isPresent())
                    .forEach(before -> expected.addAll(same(stage, before)));
        }
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of("build " + build.build() + " wrote " + expected.size()
                        + " steps into it that this one has too, and none was found, not even " + expected.getFirst());
    }

    private static List<String> same(PlannedStage stage, PastBuild.Stage before) {
        var same = new ArrayList<String>();
        for (var i = 0; i < Math.min(stage.steps().size(), before.steps().size()); i++) {
            var instruction = stage.steps().get(i).instruction();
            if (!instruction.equals(before.steps().get(i).instruction())
                    || TAKES_FILES.matcher(instruction).matches()) {
                return same;
            }
            same.add(instruction);
        }
        return same;
    }
}
