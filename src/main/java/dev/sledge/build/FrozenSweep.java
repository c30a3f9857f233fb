package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.Results.Listed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes what no frozen engine of a repository has any more: {@code docs/frozen-format.md}. Builds cannot delete anything, so whoever records
 * them does.
 */
public final class FrozenSweep {
    /** Below the folder of a repository's caches. */
    private static final String FROZEN = "frozen";

    /** What another build has just stored gets its head soon. */
    private static final Duration YOUNG = Duration.ofHours(3);

    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private final Results results;
    private final ResultFolder folder;

    /** @param caches the folder of a repository's caches */
    FrozenSweep(Results results, ResultFolder caches) {
        this.results = results;
        this.folder = new ResultFolder(caches.key(FROZEN));
    }

    /**
     * Sweeps after a build whose images became one: then some are left over.
     *
     * @throws ResultsUnavailableException if something could not be read or deleted; what was deleted is of no use
     */
    public static void after(BuildRecord record, Results results) {
        var compacted = record.cache().frozen().frozen().filter(frozen -> frozen.isNewest() && frozen.isCompacted());
        if (compacted.isPresent()) {
            var build = record.finished();
            new FrozenSweep(results, CacheFolder.of(build))
                    .sweep(build.started().plus(build.took()));
        }
    }

    /**
     * Deletes images and manifests that lead to no head, nor did before the last build of a branch: builds that run may still read those.
     *
     * @param now so that what is younger than some hours stays
     * @return the names of what was deleted; nothing if a head is of another version of the format, since nobody knows what it leads to
     */
    List<String> sweep(Instant now) {
        var manifests = new HashSet<String>();
        for (var head : results.list(folder, "heads/")) {
            var json = json(head.name());
            if (json.isEmpty() || json.get().path("version").asInt() != VERSION) {
                return List.of();
            }
            Stream.of("manifest", "previous")
                    .map(field -> json.get().path(field).asText().replace("sha256:", ""))
                    .forEach(digest -> manifests.add("manifests/" + digest + ".json"));
        }
        var used = new HashSet<>(manifests);
        manifests.forEach(manifest -> used.addAll(images(manifest)));
        var unused = Stream.of("images/", "manifests/")
                .flatMap(kind -> results.list(folder, kind).stream())
                .filter(object -> !used.contains(object.name()))
                .filter(object -> object.written().plus(YOUNG).isBefore(now))
                .map(Listed::name)
                .toList();
        unused.forEach(name -> results.delete(folder, name));
        return unused;
    }

    /** Those that a manifest names; one that is gone names none. */
    private Set<String> images(String manifest) {
        var images = new HashSet<String>();
        json(manifest)
                .ifPresent(json -> json.path("images")
                        .forEach(image -> images.add(
                                "images/" + digest(image.path("blocks").asText()))));
        return images;
    }

    private static String digest(String blocks) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Base64.getDecoder().decode(blocks)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Optional<JsonNode> json(String name) {
        return results.get(folder, name).flatMap(content -> {
            try {
                return Optional.of(JSON.readTree(new String(content, StandardCharsets.UTF_8)));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }
}
