package dev.sledge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.sledge.Golden;
import dev.sledge.settings.BuildSettings.CacheChoice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The schema that editors read and the reader of the settings: one answer for every case. */
class SchemaTest {
    /** What is gone when YAML has become JSON. */
    private static final Set<String> ONLY_THE_READER_SEES =
            Set.of("aliases", "duplicate-keys", "no-yaml", "same-name", "two-documents", "unknown-tag");

    private static final List<String> VALUES = List.of(
            "web",
            "Web",
            "WEB_1",
            "1A",
            "a-b",
            "a--b",
            "a.b",
            "a..b",
            "a__b",
            "a___b",
            "-a",
            "a-",
            "a b",
            "' a'",
            "''",
            "' '",
            ".",
            "..",
            "...",
            "./a",
            "a/",
            "a/b",
            "/a",
            "a//b",
            "a/./b",
            "a/../b",
            "a/.b",
            "a.../b",
            "'~'",
            "~",
            "null",
            "12",
            "-1",
            "0x10",
            "1.5",
            "1.5e-3",
            "true",
            "'true'",
            "2026-11-25",
            "[]",
            "[a]",
            "[{}]",
            "{}",
            "{A: b}",
            "{a: [b]}",
            "{name: a}",
            "none",
            "cache",
            "é",
            "'日'",
            "\"a\\tb\"",
            "\"a\\nb\"",
            "\"a\\0b\"",
            "\"\\x7f\"",
            "x".repeat(100),
            "x".repeat(101));

    private static final String TEXT = Golden.read(Path.of("docs/sledge.schema.json"));
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TEXT);
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Path> cases() {
        return Golden.cases("settings").stream()
                .filter(directory -> !ONLY_THE_READER_SEES.contains(String.valueOf(directory.getFileName())));
    }

    /** The YAML as JSON; empty if it is no YAML, or has a key that JSON cannot have. */
    private static Optional<JsonNode> json(String yaml) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        try {
            return Optional.of(JSON.valueToTree(new Load(settings).loadFromString(yaml)));
        } catch (YamlEngineException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysTheSameAsTheReader(Path directory) {
        compare(Golden.read(directory.resolve("sledge.yml")));
    }

    private static void compare(String yaml) {
        var accepted = SettingsReader.read("sledge.yml", yaml) instanceof SettingsReading.Read;
        var errors = json(yaml).map(SCHEMA::validate);
        assertThat(errors.isPresent() && errors.get().isEmpty())
                .as("%s %s", yaml, errors)
                .isEqualTo(accepted);
    }

    /** One value at a time, since a golden case with two faults hides one that only one of the two sees. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache: %s",
                "images: %s",
                "images: [%s]",
                "images: [{name: %s}]",
                "images: [{dockerfile: %s}]",
                "images: [{context: %s}]",
                "images: [{target: %s}]",
                "images: [{args: %s}]",
                "images: [{args: {A: %s}}]",
                "images: [{args: {%s: b}}]",
                "images: [{other: %s}]",
                "%s: none",
                "%s"
            })
    void saysTheSameOfEachValue(String place) {
        var accepted = 0;
        for (var value : VALUES) {
            var yaml = place.formatted(value);
            compare(yaml);
            if (SettingsReader.read("sledge.yml", yaml) instanceof SettingsReading.Read) accepted++;
        }
        assertThat(accepted).isLessThan(VALUES.size());
    }

    @Test
    void isItselfASchema() throws Exception {
        var draft = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of(com.networknt.schema.SchemaId.V202012));
        assertThat(draft.validate(JSON.readTree(TEXT))).isEmpty();
    }

    @Test
    void listsEveryKindOfCache() throws Exception {
        var listed =
                JSON.readTree(TEXT).at("/properties/cache/enum").valueStream().map(JsonNode::asText);
        List<String> known = Arrays.stream(CacheChoice.values())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        assertThat(listed).containsExactlyElementsOf(known);
    }
}
