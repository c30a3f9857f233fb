package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sledge.source.SourceTree;
import dev.sledge.source.SourceTree.Entry;
import dev.sledge.source.SourceTree.Mode;
import dev.sledge.source.SourceUnavailableException;
import java.util.TreeMap;

/** The entries of a tree, gathered from as many answers as it takes. Never more than a function can hold. */
final class TreeEntries {
    private static final int MOST = 1_000_000;

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    /**
     * Adds one.
     *
     * @param directory that {@code path} is relative to, with a slash at its end unless it is the root
     * @param id the field that holds the object id
     */
    void add(String directory, JsonNode entry, String id) {
        var path = entry.path("path").asText();
        try {
            // A directory has no mode of its own; what is in it is listed.
            Mode.of(entry.path("mode").asText())
                    .ifPresent(mode ->
                            put(directory + path, new Entry(mode, entry.path(id).asText())));
        } catch (IllegalArgumentException e) {
            throw new SourceUnavailableException("the forge listed '" + path + "' without an object id", e);
        }
    }

    void put(String path, Entry entry) {
        if (entries.size() >= MOST) {
            throw new SourceUnavailableException("the tree has more than " + MOST + " files");
        }
        entries.put(path, entry);
    }

    SourceTree tree() {
        return new SourceTree(entries);
    }
}
