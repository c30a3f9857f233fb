package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one more image has to have, so that it and the images before it are an engine's state: what is new, what changes, and all that is copied.
 *
 * @param links of the state, those to the new image among them
 * @param parts of the state, those of the new image among them
 * @param left what the new image does not have, by paths in the state
 * @param layers compressed ones that it has, with their sizes: hardly anybody reads them
 */
record Delta(
        Map<String, Integer> links, Map<String, List<Integer>> parts, List<String> left, Map<String, Long> layers) {
    /** What counts as large, in bytes; smaller blobs are manifests and configurations, which are read. */
    private static final long LARGE = 200_000;

    Delta {
        links = Map.copyOf(links);
        parts = Map.copyOf(parts);
        left = List.copyOf(left);
        layers = Map.copyOf(layers);
    }

    /**
     * Of the state of an engine that is stopped.
     *
     * @param before what it was thawed from; empty if it began with nothing
     * @param changing what the engine still wrote to
     */
    static Delta of(EngineState state, Optional<FrozenManifest> before, Engine.Changing changing) throws IOException {
        var next = before.map(manifest -> manifest.images().size()).orElse(0);
        var links = new TreeMap<String, Integer>();
        var parts = new TreeMap<String, List<Integer>>();
        var left = new ArrayList<>(state.foreign());
        var layers = new LinkedHashMap<String, Long>();
        for (var unit : state.units()) {
            var path = state.at(unit);
            if (Files.isSymbolicLink(path)) {
                var image = before.map(FrozenManifest::links).orElse(Map.of()).get(unit);
                if (image == null) {
                    throw new IOException(unit + " is a link that was not in the state before");
                }
                links.put(unit, image);
                left.add(unit);
            } else if (changing.overNothing().contains(unit + "/fs")) {
                part(state, before, unit + "/fs", next, parts, left);
            } else if (!changing.overLayers().contains(unit + "/fs")) {
                links.put(unit, next);
                if (unit.startsWith(EngineState.BLOBS) && Files.size(path) >= LARGE) {
                    layers.put(unit, Files.size(path));
                }
            }
        }
        return new Delta(links, parts, left, layers);
    }

    private static void part(
            EngineState state,
            Optional<FrozenManifest> before,
            String part,
            int next,
            Map<String, List<Integer>> parts,
            List<String> left)
            throws IOException {
        var images = new ArrayList<>(
                before.map(FrozenManifest::parts).orElse(Map.of()).getOrDefault(part, List.of()));
        try (var entries = Files.list(state.at(part))) {
            if (images.isEmpty() || entries.findAny().isPresent()) {
                images.add(next);
            } else {
                left.add(part);
            }
        }
        parts.put(part, images);
    }
}
