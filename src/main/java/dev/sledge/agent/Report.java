package dev.sledge.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What happened, for the record of the build: a line of JSON each.
 *
 * @param file which lines are added to
 */
record Report(Path file) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Something that is still to be described. */
    static ObjectNode event() {
        return JSON.createObjectNode();
    }

    /** Adds an event of a kind. */
    void add(String kind, ObjectNode event) throws IOException {
        Files.writeString(
                file,
                JSON.writeValueAsString(JSON.createObjectNode().set(kind, event)) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
