package dev.sledge.render;

import dev.sledge.image.ImageReference;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.KeptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How a build reads its cache. */
record CacheReading(Cache.OfBuildKit cache) {
    /** Whether there is anything to read. */
    boolean isAny() {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> !from.isEmpty();
            case Cache.Layout(var from, var to) -> !from.isEmpty();
            case Cache.Inline inline -> true;
            case Cache.Tarball(var from, var to) -> !from.isEmpty();
            case Cache.Frozen frozen -> new CacheReading(frozen.beneath()).isAny();
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    /** Sets the array of options by which the cache is read. */
    List<String> options() {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> List.of(cachedAt(numbered(from.size())));
            case Cache.Layout(var from, var to) -> List.of(cachedAt(numbered(from.size())));
            case Cache.Inline(var stages) -> List.of(cachedAt(stageRegistries(stages)));
            case Cache.Tarball(var from, var to) -> loads(from.size());
            case Cache.Frozen frozen ->
                new FrozenCommands(frozen).reading(new CacheReading(frozen.beneath()).options());
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
                [ "$exports" = none ] || for cache in %s; do
                  answers "$cache" && cached+=(--cache-from "type=registry,ref=$cache") || [ $? != 124 ] || break
                done""".formatted(String.join(" ", quoted));
    }

    private static List<String> numbered(int count) {
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

    private static List<String> loads(int count) {
        var files = numbered(count).stream().map(file -> "\"" + file + "\"").toList();
        return List.of(ShellFunctions.FETCH.formatted(String.join(" ", files)), "[ \"$exports\" = none ] || fetch");
    }
}
