package dev.sledge.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest, which is JSON, as it was stored.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md">image manifest</a>
 */
record Manifest(String mediaType, ContentDigest digest, String content) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A manifest that says its own type.
     *
     * @throws JsonProcessingException if it is no JSON
     */
    static Manifest read(ContentDigest digest, byte[] content) throws JsonProcessingException {
        var text = new String(content, StandardCharsets.UTF_8);
        return new Manifest(JSON.readTree(text).path("mediaType").asText(), digest, text);
    }

    byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * All that it names: its configuration, layers, or manifests where it is an index.
     *
     * @throws JsonProcessingException if it is no JSON
     */
    List<ContentDigest> blobs() throws JsonProcessingException {
        var manifest = JSON.readTree(content);
        var blobs = new ArrayList<ContentDigest>();
        if (manifest.has("config")) {
            blobs.add(ContentDigest.parse(manifest.at("/config/digest").asText()));
        }
        for (var field : List.of("layers", "manifests")) {
            manifest.path(field)
                    .forEach(blob ->
                            blobs.add(ContentDigest.parse(blob.path("digest").asText())));
        }
        return blobs;
    }
}
