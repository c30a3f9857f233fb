package dev.sledge.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest state of a branch.
 *
 * @param manifest what it consists of
 * @param previous what was thawed for it, which other builds may still read; empty if nothing was
 * @param touched the blocks that its last builds read, in the order in which each build first read them, the last build first. A hint: it may be
 *     wrong without harm
 */
record FrozenHead(ContentDigest manifest, Optional<ContentDigest> previous, List<List<BlockRun>> touched) {
    /** Of how many builds blocks are remembered. */
    static final int BUILDS = 3;

    private static final JsonMapper JSON = new JsonMapper();

    FrozenHead {
        touched = touched.stream().map(List::copyOf).limit(BUILDS).toList();
    }

    /** All that was touched, each build's blocks behind those of the later builds. */
    List<BlockRun> remembered() {
        return touched.stream().flatMap(List::stream).toList();
    }

    /**
     * A head as {@link #bytes} wrote it.
     *
     * @throws IOException if it is none, or one of another version of the format
     */
    static FrozenHead read(String content) throws IOException {
        var json = json(content);
        if (json.path("version").asInt() != FrozenManifest.VERSION) {
            throw new IOException("its head is of version "
                    + json.path("version").asText("none") + " of the format, and this reads " + FrozenManifest.VERSION);
        }
        try {
            var touched = new ArrayList<List<BlockRun>>();
            json.path("touched").forEach(build -> touched.add(BlockRun.read(build)));
            return new FrozenHead(
                    ContentDigest.parse(json.path("manifest").asText()),
                    json.has("previous")
                            ? Optional.of(
                                    ContentDigest.parse(json.path("previous").asText()))
                            : Optional.empty(),
                    touched);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static JsonNode json(String content) throws IOException {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IOException("its head is no JSON", e);
        }
    }

    /** As JSON. */
    byte[] bytes() throws IOException {
        var json =
                JSON.createObjectNode().put("version", FrozenManifest.VERSION).put("manifest", manifest.toString());
        previous.ifPresent(digest -> json.put("previous", digest.toString()));
        var all = json.putArray("touched");
        touched.forEach(build -> BlockRun.json(build, all.addArray()));
        return JSON.writeValueAsBytes(json);
    }
}
