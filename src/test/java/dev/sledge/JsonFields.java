package dev.sledge;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A JSON text with each of its fields changed in turn. */
public final class JsonFields {
    private static final JsonMapper JSON = new JsonMapper();

    private JsonFields() {}

    /**
     * One field changed.
     *
     * @param at a JSON pointer, such as {@code /repository/full_name}
     * @param from the value that it had
     * @param to the value that it was given; missing if it was dropped
     */
    public record Changed(String at, JsonNode from, JsonNode to, String text) {
        /** Whether only the value is another, of the same type. */
        public boolean sameType() {
            return from.getNodeType() == to.getNodeType();
        }
    }

    /** Every field and element of {@code text} dropped, and given a value of each type. */
    public static List<Changed> changed(String text) throws JsonProcessingException {
        var root = JSON.readTree(text);
        var all = new ArrayList<Changed>();
        for (var pointer : pointers(root, JsonPointer.empty())) {
            for (var value : values()) {
                var copy = root.deepCopy();
                set(copy, pointer, value);
                all.add(new Changed(pointer.toString(), root.at(pointer), value, JSON.writeValueAsString(copy)));
            }
        }
        return all;
    }

    private static List<JsonNode> values() {
        var make = JsonNodeFactory.instance;
        return List.of(
                make.missingNode(),
                make.nullNode(),
                make.booleanNode(true),
                make.numberNode(1),
                make.textNode("//"),
                make.arrayNode().add("x"),
                make.objectNode().put("id", 1));
    }

    private static List<JsonPointer> pointers(JsonNode node, JsonPointer here) {
        var all = new ArrayList<JsonPointer>();
        for (var field : node.properties()) {
            var at = here.appendProperty(field.getKey());
            all.add(at);
            all.addAll(pointers(field.getValue(), at));
        }
        for (var i = 0; node.isArray() && i < node.size(); i++) {
            all.add(here.appendIndex(i));
            all.addAll(pointers(node.path(i), here.appendIndex(i)));
        }
        return all;
    }

    private static void set(JsonNode root, JsonPointer pointer, JsonNode value) {
        var name = pointer.last().getMatchingProperty();
        switch (root.at(pointer.head())) {
            case ObjectNode object when value.isMissingNode() -> object.remove(name);
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array
            when value.isMissingNode() -> array.remove(pointer.last().getMatchingIndex());
            case ArrayNode array -> array.set(pointer.last().getMatchingIndex(), value);
            case JsonNode other -> throw new AssertionError(pointer + " leads to " + other);
        }
    }
}
