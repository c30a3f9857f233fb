package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every sample, dropped or of another type: an answer each time, never an exception. */
class ChangedFieldsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NEEDED =
            List.of("/ref", "/before", "/after", "/repository", "/repository/full_name");

    static Stream<String> pushes() {
        return GitHubPushTest.samples()
                .filter(row -> "push".equals(row.get()[1]))
                .map(row -> String.valueOf(row.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("pushes")
    void aPushWithAFieldDroppedOrRetypedHasAnAnswer(String file) throws JsonProcessingException {
        var push = JSON.readTree(Deliveries.sample(file));
        for (var pointer : pointers(push, JsonPointer.empty())) {
            for (var value : values()) {
                var changed = push.deepCopy();
                set(changed, pointer, value);
                var text = JSON.writeValueAsString(changed);
                assertThatNoException().as("%s %s", pointer, value).isThrownBy(() -> Deliveries.push(text));
                if (NEEDED.contains(pointer.toString())) {
                    assertThat(Deliveries.push(text))
                            .as("%s %s", pointer, value)
                            .isInstanceOf(Received.Malformed.class);
                }
            }
        }
    }

    /** Missing stands for a field that is dropped. */
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
