package dev.sledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * {@code template.yaml} with its functions and conditions worked out for given parameters. What a resource is called once it is made, is its
 * logical name here.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">functions</a>
 */
public final class SamTemplate {
    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-central-1";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?<literal>!?)(?<name>[^}]+)}");
    private static final JsonNodeFactory JSON = JsonMapper.builder().build().getNodeFactory();

    private final Map<String, Node> conditions;
    private final Map<String, Node> resources;
    private final Map<String, String> values = new HashMap<>(Map.of(
            "AWS::AccountId", ACCOUNT, "AWS::Region", REGION, "AWS::Partition", "aws", "AWS::StackName", "sledge"));

    private SamTemplate(Node template, Map<String, String> given) {
        var sections = fields(template);
        conditions = fields(section(sections, "Conditions"));
        resources = fields(section(sections, "Resources"));
        fields(section(sections, "Parameters"))
                .forEach((name, parameter) ->
                        values.put(name, ((ScalarNode) section(fields(parameter), "Default")).getValue()));
        values.putAll(given);
    }

    /**
     * Reads it.
     *
     * @param given parameters that differ from their defaults
     */
    public static SamTemplate read(Map<String, String> given) throws IOException {
        var yaml = Files.readString(Path.of("template.yaml"));
        return new SamTemplate(
                new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow(), given);
    }

    /** The properties of a resource that is made with these parameters. */
    public JsonNode properties(String resource) {
        return value(section(fields(section(resources, resource)), "Properties"))
                .orElseThrow();
    }

    /** The properties of all resources of a type that are made with these parameters, by logical name. */
    public Map<String, JsonNode> ofType(String type) {
        var found = new LinkedHashMap<String, JsonNode>();
        resources.forEach((name, resource) -> {
            if (type(resource).equals(type) && isMade(resource)) {
                found.put(name, properties(name));
            }
        });
        return found;
    }

    private boolean isMade(Node resource) {
        var condition = fields(resource).get("Condition");
        return condition == null || holds(((ScalarNode) condition).getValue());
    }

    private static String type(Node resource) {
        return ((ScalarNode) section(fields(resource), "Type")).getValue();
    }

    private boolean holds(String condition) {
        return holds(section(conditions, condition));
    }

    private boolean holds(Node condition) {
        return switch (condition.getTag().getValue()) {
            case "!Condition" -> holds(((ScalarNode) condition).getValue());
            case "!Not" -> !holds(items(condition).getFirst());
            case "!Or" -> items(condition).stream().anyMatch(this::holds);
            case "!Equals" ->
                value(items(condition).getFirst()).equals(value(items(condition).get(1)));
            default -> throw new IllegalArgumentException("no condition: " + condition);
        };
    }

    /** Nothing for {@code AWS::NoValue}. */
    private Optional<JsonNode> value(Node node) {
        return switch (node.getTag().getValue()) {
            case "!Ref" -> reference(((ScalarNode) node).getValue());
            case "!Sub" -> Optional.of(JSON.textNode(substituted(((ScalarNode) node).getValue())));
            case "!GetAtt" -> Optional.of(JSON.textNode(attribute(((ScalarNode) node).getValue())));
            case "!If" -> {
                var items = items(node);
                yield value(items.get(holds(((ScalarNode) items.getFirst()).getValue()) ? 1 : 2));
            }
            default -> Optional.of(plain(node));
        };
    }

    private JsonNode plain(Node node) {
        return switch (node) {
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.INT) -> JSON.numberNode(Long.parseLong(scalar.getValue()));
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.BOOL) -> JSON.booleanNode(Boolean.parseBoolean(scalar.getValue()));
            case ScalarNode scalar -> JSON.textNode(scalar.getValue());
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                sequence.getValue().forEach(item -> value(item).ifPresent(array::add));
                yield array;
            }
            default -> {
                var object = JSON.objectNode();
                fields(node).forEach((name, field) -> value(field).ifPresent(value -> object.set(name, value)));
                yield object;
            }
        };
    }

    private Optional<JsonNode> reference(String name) {
        if (name.equals("AWS::NoValue")) {
            return Optional.empty();
        }
        var value = values.get(name);
        return Optional.of(JSON.textNode(value == null ? made(name) : value));
    }

    private String substituted(String text) {
        return VARIABLE.matcher(text).replaceAll(variable -> {
            var name = variable.group(2);
            var value = variable.group(1).equals("!")
                    ? "${" + name + "}"
                    : name.contains(".")
                            ? attribute(name)
                            : reference(name).orElseThrow().asText();
            return Matcher.quoteReplacement(value);
        });
    }

    /** What {@code Ref} gives for a resource. */
    private String made(String resource) {
        return switch (type(section(resources, resource))) {
            case "AWS::SecretsManager::Secret" -> arn("secretsmanager", "secret:" + resource + "-AbCdEf");
            case "AWS::IAM::ManagedPolicy" -> "arn:aws:iam::" + ACCOUNT + ":policy/" + resource;
            case "AWS::Logs::LogGroup" ->
                Optional.ofNullable(properties(resource).get("LogGroupName"))
                        .map(JsonNode::asText)
                        .orElse(resource);
            case "AWS::S3::Bucket" -> resource.toLowerCase(Locale.ROOT);
            default -> resource;
        };
    }

    private String attribute(String name) {
        var resource = name.substring(0, name.indexOf('.'));
        if (!name.endsWith(".Arn")) {
            return resource;
        }
        return switch (type(section(resources, resource))) {
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + made(resource);
            case "AWS::Logs::LogGroup" -> arn("logs", "log-group:" + made(resource) + ":*");
            case "AWS::SQS::Queue" -> arn("sqs", resource);
            case "AWS::IAM::Role" -> "arn:aws:iam::" + ACCOUNT + ":role/" + resource;
            default -> throw new IllegalArgumentException("no ARN is known of " + name);
        };
    }

    private static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    private static List<Node> items(Node node) {
        return ((SequenceNode) node).getValue();
    }

    private static Map<String, Node> fields(Node node) {
        var fields = new LinkedHashMap<String, Node>();
        ((MappingNode) node)
                .getValue()
                .forEach(tuple -> fields.put(((ScalarNode) tuple.getKeyNode()).getValue(), tuple.getValueNode()));
        return fields;
    }

    private static Node section(Map<String, Node> fields, String name) {
        return Objects.requireNonNull(fields.get(name), "the template has no " + name);
    }
}
