package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.BuildPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the builds of each ref wrote into caches, one file a ref: {@code caches/<repository's path>/<ref's tag>.json}. So that whoever deletes a
 * branch deletes its caches, of whatever image and kind they are.
 */
public final class RefCaches {
    private static final JsonMapper JSON = new JsonMapper();

    private final SharedFiles files;
    private final Results results;
    private final ImageRegistry registry;
    private final BuildHistory history;

    public RefCaches(Bucket bucket, ImageRegistry registry) {
        this.files = bucket.shared();
        this.results = bucket.results();
        this.registry = registry;
        this.history = new BuildHistory(bucket.shared());
    }

    /**
     * The caches of one image and kind.
     *
     * @param registry of the image, and of its caches
     * @param image its path
     * @param names as plans name what they write
     * @param images caches that are images
     * @param folder of caches that are files
     */
    private record Written(
            String registry,
            String image,
            List<String> names,
            List<Tagged> images,
            String folder,
            List<String> files) {}

    private record Tagged(String path, String tag) {}

    /** Notes what a build wrote. */
    public void note(BuildPlan plan, FinishedBuild finished) {
        var cache = plan.cache();
        var name = plan.output().image();
        var written = new Written(
                name.registry(),
                name.path(),
                cache.writes(),
                cache.images().stream()
                        .map(image ->
                                new Tagged(image.name().path(), image.tag().value()))
                        .toList(),
                CacheFolder.of(finished).path(),
                Stream.concat(cache.files().stream(), plan.mounts().to().stream())
                        .toList());
        files.change(key(plan.source().repository(), plan.source().ref()), seen -> {
            var known = read(seen);
            return known.contains(written)
                    ? Optional.empty()
                    : Optional.of(text(
                            Stream.concat(known.stream(), Stream.of(written)).toList()));
        });
    }

    /**
     * Deletes the caches of a ref that is gone.
     *
     * @throws RegistryUnavailableException if the registry keeps one; asked again, the rest is deleted
     * @throws ResultsUnavailableException if the bucket does
     */
    public void delete(Repository repository, GitRef ref) {
        files.change(key(repository, ref), seen -> {
            var written = read(seen);
            written.forEach(this::delete);
            return written.isEmpty() ? Optional.empty() : Optional.of(text(List.of()));
        });
    }

    private void delete(Written written) {
        // First: what nobody expects any more is missed by nobody.
        history.cacheDeleted(new ImageName(written.registry(), written.image()), written.names());
        for (var image : written.images()) {
            registry.untag(new ImageName(written.registry(), image.path()).tagged(new ImageTag(image.tag())));
        }
        var folder = new ResultFolder(written.folder());
        written.files().forEach(file -> results.delete(folder, file));
    }

    private static String key(Repository repository, GitRef ref) {
        return RefFile.key("caches", repository, ref);
    }

    private static List<Written> read(Seen seen) {
        return switch (seen) {
            case Seen.Absent absent -> List.of();
            case Seen.Present(var key, var version, var content) -> {
                try {
                    yield List.of(JSON.readValue(content, Written[].class));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(
                            key + " does not say what was written to caches; delete it: " + e.getOriginalMessage(), e);
                }
            }
        };
    }

    private static String text(List<Written> written) {
        try {
            return JSON.writeValueAsString(written);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("caches have no name that JSON cannot hold", e);
        }
    }
}
