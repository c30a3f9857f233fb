package dev.sledge.render;

import dev.sledge.image.ImageReference;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.KeptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How a build reads its cache. */
record CacheReading(Cache.OfBuildKit cache) {
    /** Where files of stages are unpacked: on the engine's own disk. */
    private static final String STAGES = "/var/lib/docker/sledge/";

    /** Whether there is anything to read. */
    boolean isAny() {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> !from.isEmpty();
            case Cache.Layout(var from, var to) -> !from.isEmpty();
            case Cache.Inline inline -> true;
            case Cache.Tarball tarball -> true;
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    /** Sets the array of options by which the cache is read. */
    List<String> options() {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> List.of(cachedAt(registries(from.size())));
            case Cache.Layout(var from, var to) -> List.of(cachedAt(registries(from.size())));
            case Cache.Inline(var stages) -> List.of(cachedAt(stageRegistries(stages)));
            case Cache.Tarball(var stages) -> loads(stages);
            case Cache.Host host -> List.of();
            case Cache.None none -> List.of();
        };
    }

    /** Those that answer. Of a registry that lets one of them wait too long none is waited for again. */
    private static String cachedAt(List<String> references) {
        var quoted =
                references.stream().map(reference -> "\"" + reference + "\"").toList();
        return """
                cached=()
                for cache in %s; do
                  answers "$cache" && cached+=(--cache-from "type=registry,ref=$cache") || [ $? != 124 ] || break
                done""".formatted(String.join(" ", quoted));
    }

    private static List<String> registries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "$SLEDGE_CACHE_FROM_" + i)
                .toList();
    }

    private static List<String> stageRegistries(List<KeptStage<ImageReference>> stages) {
        var references = new ArrayList<String>();
        for (var i = 0; i < stages.size(); i++) {
            for (var j = 0; j < stages.get(i).from().size(); j++) {
                references.add("$SLEDGE_STAGE_" + i + "_FROM_" + j);
            }
        }
        return references;
    }

    private static List<String> loads(List<KeptStage<String>> stages) {
        var loads = new StringBuilder();
        for (var i = 0; i < stages.size(); i++) {
            loads.append("load ").append(i);
            for (var j = 0; j < stages.get(i).from().size(); j++) {
                loads.append(" \"$SLEDGE_STAGE_")
                        .append(i)
                        .append("_FROM_")
                        .append(j)
                        .append('"');
            }
            loads.append(" & ");
        }
        return List.of("""
                fetch() {
                  cached=()
                  %swait
                  local index
                  for index in %s*/index.json; do
                    [ ! -e "$index" ] || cached+=(--cache-from "type=local,src=${index%%/*},digest=$(jq -r '.manifests[0].digest' "$index")")
                  done
                }""".formatted(loads, STAGES), "fetch");
    }
}
