package dev.sledge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An engine's state as it was when its build was over, in images that lie over each other: {@code docs/frozen-format.md}.
 *
 * @param engine whose state it is
 * @param created when it was frozen
 * @param build by which build: its ARN
 * @param compactions how often all that was used was written into one image again
 * @param images the oldest first: one with everything, and for each build since then one with what it added. The newest also has the databases
 * @param links what does not change any more, by its path in the state: which image has it. What is not named here is not of this state, though
 *     older images have it
 * @param parts what still changes, contents of cache mounts, by its path in the state: the images that have a part of it, the oldest first, each
 *     over the one before as overlayfs lays them
 * @param builds when this and the builds before it were frozen, the newest first
 */
record FrozenManifest(
        EngineVersion engine,
        Instant created,
        String build,
        int compactions,
        List<FrozenImage> images,
        Map<String, Integer> links,
        Map<String, List<Integer>> parts,
        List<Instant> builds) {
    /** Of the format; a reader refuses what it does not know. */
    static final int VERSION = 1;

    /** How many builds are remembered: what none of them used is given up when the images become one again. */
    static final int BUILDS = 10;

    private static final JsonMapper JSON = new JsonMapper();

    FrozenManifest {
        images = List.copyOf(images);
        links = Map.copyOf(links);
        parts = Map.copyOf(parts);
        builds = List.copyOf(builds);
        var count = images.size();
        if (count == 0
                || links.values().stream().anyMatch(image -> image < 0 || image >= count)
                || parts.values().stream().anyMatch(List::isEmpty)
                || parts.values().stream().flatMap(List::stream).anyMatch(image -> image < 0 || image >= count)) {
            throw new IllegalArgumentException("a link goes to an image that is not there");
        }
        links.keySet().forEach(FrozenManifest::inside);
        parts.keySet().forEach(FrozenManifest::inside);
    }

    /** A path out of the state would be written to when it is thawed. */
    private static void inside(String path) {
        if (path.isEmpty()
                || path.startsWith("/")
                || List.of(path.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException("'" + path + "' is no path in an engine's state");
        }
    }

    /** The bytes of all images. */
    long size() {
        return images.stream().mapToLong(FrozenImage::size).sum();
    }

    /**
     * A manifest as {@link #bytes} wrote it.
     *
     * @throws IOException if it is none, or one of another version; the message says which
     */
    static FrozenManifest read(byte[] content) throws IOException {
        var json = JSON.readTree(content);
        if (json.path("version").asInt() != VERSION) {
            throw new IOException("it is of version " + json.path("version").asText("none")
                    + " of the format, and this reads " + VERSION);
        }
        try {
            var engine = json.path("engine");
            return new FrozenManifest(
                    new EngineVersion(
                            engine.path("docker").asText(),
                            engine.path("containerd").asText(),
                            engine.path("snapshotter").asText(),
                            engine.path("architecture").asText()),
                    Instant.parse(json.path("created").asText()),
                    json.path("build").asText(),
                    json.path("compactions").asInt(),
                    images(json.path("images")),
                    links(json.path("links")),
                    parts(json.path("parts")),
                    instants(json.path("builds")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<FrozenImage> images(JsonNode json) {
        var images = new ArrayList<FrozenImage>();
        json.forEach(image -> images.add(new FrozenImage(
                image.path("size").asLong(),
                image.path("streamed").asInt(),
                BlockTable.parse(image.path("blocks").asText()))));
        return images;
    }

    private static Map<String, Integer> links(JsonNode json) {
        var links = new TreeMap<String, Integer>();
        json.properties()
                .forEach(link -> links.put(link.getKey(), link.getValue().asInt(-1)));
        return links;
    }

    private static Map<String, List<Integer>> parts(JsonNode json) {
        var parts = new TreeMap<String, List<Integer>>();
        json.properties().forEach(part -> {
            var images = new ArrayList<Integer>();
            part.getValue().forEach(image -> images.add(image.asInt(-1)));
            parts.put(part.getKey(), images);
        });
        return parts;
    }

    private static List<Instant> instants(JsonNode json) {
        var instants = new ArrayList<Instant>();
        json.forEach(instant -> instants.add(Instant.parse(instant.asText())));
        return instants;
    }

    /** As JSON. */
    byte[] bytes() throws IOException {
        var json = JSON.createObjectNode().put("version", VERSION);
        json.putObject("engine")
                .put("docker", engine.docker())
                .put("containerd", engine.containerd())
                .put("snapshotter", engine.snapshotter())
                .put("architecture", engine.architecture());
        json.put("created", created.toString()).put("build", build).put("compactions", compactions);
        var all = json.putArray("images");
        images.forEach(image -> all.addObject()
                .put("size", image.size())
                .put("streamed", image.streamed())
                .put("blocks", image.blocks().text()));
        write(json);
        return JSON.writeValueAsBytes(json);
    }

    private void write(ObjectNode json) {
        var linked = json.putObject("links");
        new TreeMap<>(links).forEach(linked::put);
        var parted = json.putObject("parts");
        new TreeMap<>(parts).forEach((path, of) -> of.forEach(parted.withArray(path)::add));
        var times = json.putArray("builds");
        builds.forEach(time -> times.add(time.toString()));
    }
}
