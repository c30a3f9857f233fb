package dev.sledge.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of a thaw, for the freeze at the end of the build.
 *
 * @param versions of the heads that were found, by their scope
 * @param state what the engine has; empty if it began with nothing
 */
record Thawed(Map<String, String> versions, Optional<State> state) {
    /** What there is of it in a directory, when all of it is there. */
    static final String FILE = "thawed.json";

    private static final JsonMapper JSON = new JsonMapper();

    Thawed {
        versions = Map.copyOf(versions);
    }

    /**
     * A frozen engine that goes on.
     *
     * @param head what was found
     * @param manifest what it consists of
     * @param agent the process that serves its blocks
     * @param file its images, one behind the other: reading it fetches what is not there yet
     */
    record State(FrozenHead head, FrozenManifest manifest, long agent, Path file) {}

    /** Leaves it in a directory. */
    void write(Path directory) throws IOException {
        var json = JSON.createObjectNode();
        new TreeMap<>(versions).forEach(json.putObject("versions")::put);
        if (state.isPresent()) {
            json.put("agent", state.get().agent());
            json.put("file", state.get().file().toString());
            Files.write(
                    directory.resolve("manifest.json"), state.get().manifest().bytes());
            Files.write(directory.resolve("head.json"), state.get().head().bytes());
        }
        // Whoever sees it finds the others too.
        var written = directory.resolve(FILE + ".new");
        Files.write(written, JSON.writeValueAsBytes(json));
        Files.move(written, directory.resolve(FILE));
    }

    /** What a directory has of it; as if nothing was tried if there is nothing. */
    static Thawed read(Path directory) throws IOException {
        var file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return new Thawed(Map.of(), Optional.empty());
        }
        var json = JSON.readTree(Files.readAllBytes(file));
        var versions = new TreeMap<String, String>();
        json.path("versions")
                .properties()
                .forEach(version ->
                        versions.put(version.getKey(), version.getValue().asText()));
        if (!json.has("agent")) {
            return new Thawed(versions, Optional.empty());
        }
        return new Thawed(
                versions,
                Optional.of(new State(
                        FrozenHead.read(Files.readString(directory.resolve("head.json"))),
                        FrozenManifest.read(Files.readAllBytes(directory.resolve("manifest.json"))),
                        json.path("agent").asLong(),
                        Path.of(json.path("file").asText()))));
    }

    /** Leaves the blocks that a build read. */
    static void writeTouched(Path directory, List<BlockRun> touched) throws IOException {
        var json = JSON.createArrayNode();
        BlockRun.json(touched, json);
        Files.write(directory.resolve("touched.json"), JSON.writeValueAsBytes(json));
    }

    /** The blocks that a build read; none if it did not leave them. */
    static List<BlockRun> touched(Path directory) throws IOException {
        var file = directory.resolve("touched.json");
        return Files.exists(file) ? BlockRun.read(JSON.readTree(Files.readAllBytes(file))) : List.of();
    }
}
