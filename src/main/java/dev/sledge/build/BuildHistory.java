package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.build.SharedFiles.Write;
import dev.sledge.image.ImageName;
import dev.sledge.plan.Experience;
import dev.sledge.plan.PastBuilds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The newest successful builds of one image, newest first: {@code results/<image>/history.json}. */
public final class BuildHistory {
    private static final int KEPT = 60;

    private static final int ASKED = 10;
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<PastBuild>> BUILDS = new TypeReference<>() {};

    private final SharedFiles files;

    public BuildHistory(SharedFiles files) {
        this.files = files;
    }

    /**
     * Adds a build that is not in it yet. A history that cannot be read is begun anew, since it only compares.
     *
     * @return the others, newest first
     */
    public List<PastBuild> add(ImageName image, BuildRecord record, BuildLog log) {
        return add(image, PastBuild.of(record, log));
    }

    List<PastBuild> add(ImageName image, PastBuild build) {
        for (var seen = files.read(key(image)); ; seen = files.read(key(image))) {
            var before = read(seen);
            var others = before.stream()
                    .filter(other -> !other.build().equals(build.build()))
                    .toList();
            if (others.size() < before.size()) {
                return others;
            }
            var builds = new ArrayList<PastBuild>();
            builds.add(build);
            builds.addAll(kept(others));
            if (files.write(seen, text(builds)) instanceof Write.Written) {
                return others;
            }
        }
    }

    /** The builds of {@code image}, newest first. */
    public List<PastBuild> builds(ImageName image) {
        return read(files.read(key(image)));
    }

    /** What the builds of {@code image} tell of its next one: what the engine of any of the newest ten needed may be needed again. */
    public PastBuilds past(ImageName image) {
        var builds = builds(image);
        var mebibytes = builds.stream()
                .limit(ASKED)
                .mapToInt(PastBuild::engineMebibytes)
                .max()
                .orElse(0);
        return new PastBuilds(new Experience(mebibytes), new CacheTrials(builds).all());
    }

    /** The newest, and of those with a cache as many as tell what it was worth: builds without any do not make it forgotten. */
    private static List<PastBuild> kept(List<PastBuild> others) {
        var newest = others.subList(0, Math.min(others.size(), KEPT - 1));
        var cached = newest.stream().filter(BuildHistory::hadCache).count();
        var older = others.subList(newest.size(), others.size()).stream()
                .filter(BuildHistory::hadCache)
                .limit(Math.max(0, ASKED - cached));
        return Stream.concat(newest.stream(), older).toList();
    }

    private static boolean hadCache(PastBuild build) {
        return !build.cache().equals("none");
    }

    /** Some caches were deleted on purpose: no build is expected to find what was in them. */
    void cacheDeleted(ImageName image, List<String> names) {
        files.change(key(image), seen -> {
            var builds = read(seen);
            var after = builds.stream().map(build -> build.without(names)).toList();
            return after.equals(builds) ? Optional.empty() : Optional.of(text(after));
        });
    }

    /** Whoever takes an image's cache away by purpose takes away what is expected of it. */
    public void forget(ImageName image) {
        files.change(key(image), seen -> read(seen).isEmpty() ? Optional.empty() : Optional.of(text(List.of())));
    }

    private static String key(ImageName image) {
        return "results/" + image.path() + "/history.json";
    }

    private static List<PastBuild> read(Seen seen) {
        return switch (seen) {
            case Seen.Absent absent -> List.of();
            case Seen.Present(var key, var version, var content) -> read(content);
        };
    }

    private static List<PastBuild> read(String text) {
        try {
            return JSON.readValue(text, BUILDS);
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static String text(List<PastBuild> builds) {
        try {
            return JSON.writeValueAsString(builds);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("builds have no value that JSON cannot hold", e);
        }
    }
}
