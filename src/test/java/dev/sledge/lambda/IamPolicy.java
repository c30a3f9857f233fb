package dev.sledge.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What policies allow, as IAM reads them: actions and resources with {@code *} and {@code ?}, variables, and the operators that Sledge's
 * own policies use. Whatever else it meets is an error, since a rule that is not understood proves nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">evaluation</a>
 */
public record IamPolicy(List<JsonNode> statements) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    public IamPolicy {
        statements = List.copyOf(statements);
    }

    /** Of the documents that apply at once: what one of them allows, is. */
    public static IamPolicy of(Stream<JsonNode> documents) {
        return new IamPolicy(documents
                .flatMap(document -> list(document.path("Statement")).stream())
                .toList());
    }

    /**
     * A request.
     *
     * @param context condition keys by name in lower case
     */
    public record Request(String action, String resource, Map<String, String> context) {}

    public boolean allows(Request request) {
        return statements.stream().anyMatch(statement -> matches(statement, request, "Allow"))
                && statements.stream().noneMatch(statement -> matches(statement, request, "Deny"));
    }

    private static boolean matches(JsonNode statement, Request request, String effect) {
        statement.fieldNames().forEachRemaining(name -> {
            if (!List.of("Sid", "Effect", "Action", "Resource", "Condition").contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is not understood");
            }
        });
        return statement.path("Effect").asText().equals(effect)
                && list(statement.path("Action")).stream()
                        .anyMatch(action -> like(
                                action.asText().toLowerCase(Locale.ROOT),
                                request.action().toLowerCase(Locale.ROOT)))
                && list(statement.path("Resource")).stream()
                        .anyMatch(resource -> filled(resource.asText(), request)
                                .filter(pattern -> like(pattern, request.resource()))
                                .isPresent())
                && statement.path("Condition").properties().stream()
                        .allMatch(operator -> operator.getValue().properties().stream()
                                .allMatch(key -> holds(operator.getKey(), key.getKey(), key.getValue(), request)));
    }

    private static boolean holds(String operator, String key, JsonNode values, Request request) {
        if (!operator.equals("StringEquals")) {
            throw new IllegalArgumentException("'" + operator + "' is not understood");
        }
        var actual = Optional.ofNullable(request.context().get(key.toLowerCase(Locale.ROOT)));
        return actual.isPresent()
                && list(values).stream()
                        .anyMatch(value -> filled(value.asText(), request).equals(actual));
    }

    /** With its variables replaced; nothing if the request has no value for one: then nothing matches. */
    private static Optional<String> filled(String text, Request request) {
        var variables = VARIABLE.matcher(text);
        var filled = new StringBuilder();
        while (variables.find()) {
            var value = request.context().get(variables.group(1).toLowerCase(Locale.ROOT));
            if (value == null) {
                return Optional.empty();
            }
            variables.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return Optional.of(variables.appendTail(filled).toString());
    }

    private static boolean like(String pattern, String text) {
        var parts = new StringBuilder();
        pattern.chars()
                .forEach(c -> parts.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return Pattern.compile(parts.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    /** An element that may be one value or several. */
    static List<JsonNode> list(JsonNode node) {
        var list = new ArrayList<JsonNode>();
        if (node.isArray()) {
            node.forEach(list::add);
        } else {
            list.add(node);
        }
        return list;
    }
}
