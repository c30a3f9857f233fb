package dev.sledge.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What AWS itself says of a service with a JSON protocol: its operations, and the shapes that go in and come out, as the SDK for Python is
 * made from them.
 */
public final class ServiceModel {
    private final JsonNode model;

    private ServiceModel(JsonNode model) {
        this.model = model;
    }

    /** The model of a service, such as {@code codebuild}, as the installed tools bring it. */
    public static ServiceModel of(String service) throws IOException, InterruptedException {
        var lib = Path.of(Tools.command("python")).resolveSibling("../lib").normalize();
        var data = Path.of("site-packages", "botocore", "data", service);
        try (var pythons = Files.list(lib);
                var versions = Files.list(pythons.map(python -> python.resolve(data))
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElseThrow(() -> new IOException("botocore has no model of " + service)))) {
            var newest = versions.max(Path::compareTo).orElseThrow();
            try (var in = new GZIPInputStream(Files.newInputStream(newest.resolve("service-2.json.gz")))) {
                return new ServiceModel(new JsonMapper().readTree(in));
            }
        }
    }

    /** What the header {@code X-Amz-Target} begins with. */
    String targetPrefix() {
        return model.path("metadata").path("targetPrefix").asText();
    }

    boolean has(String operation) {
        return model.path("operations").has(operation);
    }

    /** The names of the errors that an operation is said to answer with. */
    Set<String> errors(String operation) {
        var errors = new TreeSet<String>();
        model.path("operations")
                .path(operation)
                .path("errors")
                .forEach(error -> errors.add(error.path("shape").asText()));
        return errors;
    }

    /** What is wrong with a request, one sentence each; empty for a good one. */
    List<String> faultsOfRequest(String operation, JsonNode request) {
        return faults(operation, "input", request);
    }

    List<String> faultsOfAnswer(String operation, JsonNode answer) {
        return faults(operation, "output", answer);
    }

    private List<String> faults(String operation, String direction, JsonNode value) {
        var shape = model.path("operations").path(operation).path(direction).path("shape");
        if (shape.isMissingNode()) {
            return List.of("there is no operation " + operation);
        }
        var faults = new ArrayList<String>();
        check(shape.asText(), value, operation, faults);
        return faults;
    }

    private void check(String name, JsonNode value, String path, List<String> faults) {
        var shape = model.path("shapes").path(name);
        switch (shape.path("type").asText()) {
            case "structure" -> structure(shape, value, path, faults);
            case "list" -> list(shape, value, path, faults);
            case "map" -> map(shape, value, path, faults);
            case "string" -> string(shape, value, path, faults);
            case "boolean" -> expect(value.isBoolean(), value, "true or false", path, faults);
            case "integer", "long" -> {
                expect(value.isIntegralNumber(), value, "a whole number", path, faults);
                range(shape, value.asLong(), path, faults);
            }
            case "double", "float" -> expect(value.isNumber(), value, "a number", path, faults);
            case "timestamp" -> expect(value.isNumber(), value, "seconds since 1970", path, faults);
            default -> faults.add(path + ": the model has no shape " + name);
        }
    }

    private static void expect(boolean holds, JsonNode value, String what, String path, List<String> faults) {
        if (!holds) {
            faults.add(path + ": " + value + " is not " + what);
        }
    }

    private void structure(JsonNode shape, JsonNode value, String path, List<String> faults) {
        expect(value.isObject(), value, "an object", path, faults);
        for (var required : shape.path("required")) {
            if (!value.has(required.asText())) {
                faults.add(path + ": " + required.asText() + " is missing");
            }
        }
        value.properties().forEach(member -> {
            var known = shape.path("members").path(member.getKey());
            if (known.isMissingNode()) {
                faults.add(path + ": there is no " + member.getKey());
            } else {
                check(known.path("shape").asText(), member.getValue(), path + "." + member.getKey(), faults);
            }
        });
    }

    private void list(JsonNode shape, JsonNode value, String path, List<String> faults) {
        expect(value.isArray(), value, "a list", path, faults);
        range(shape, value.size(), path, faults);
        for (var i = 0; i < value.size(); i++) {
            check(shape.path("member").path("shape").asText(), value.get(i), path + "[" + i + "]", faults);
        }
    }

    private void map(JsonNode shape, JsonNode value, String path, List<String> faults) {
        expect(value.isObject(), value, "an object", path, faults);
        value.properties()
                .forEach(entry -> check(
                        shape.path("value").path("shape").asText(),
                        entry.getValue(),
                        path + "." + entry.getKey(),
                        faults));
    }

    private static void string(JsonNode shape, JsonNode value, String path, List<String> faults) {
        expect(value.isTextual(), value, "a text", path, faults);
        range(shape, value.asText().length(), path, faults);
        var pattern = shape.path("pattern").asText();
        if (!pattern.isEmpty() && !Pattern.matches(pattern, value.asText())) {
            faults.add(path + ": " + value + " does not match " + pattern);
        }
        if (shape.has("enum")) {
            var one = new ArrayList<String>();
            shape.path("enum").forEach(word -> one.add(word.asText()));
            expect(one.contains(value.asText()), value, "one of " + one, path, faults);
        }
    }

    private static void range(JsonNode shape, long size, String path, List<String> faults) {
        var least = shape.path("min").asLong(Long.MIN_VALUE);
        var most = shape.path("max").asLong(Long.MAX_VALUE);
        if (size < least || size > most) {
            faults.add(path + ": " + size + " is not between " + least + " and " + most);
        }
    }
}
