package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.advice.Rule;
import dev.sledge.advice.Rules;
import dev.sledge.advice.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A report as SARIF 2.1.0.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html">the specification</a>
 */
final class CheckSarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

    private CheckSarif() {}

    static String of(List<Reported> report) {
        var root = new JsonMapper().createObjectNode();
        root.put("$schema", SCHEMA).put("version", "2.1.0");
        var run = root.putArray("runs").addObject();
        var driver = run.putObject("tool").putObject("driver").put("name", "Sledge");
        var ids = putRules(driver.putArray("rules"), report);
        var results = run.putArray("results");
        for (var reported : report) {
            var result = results.addObject()
                    .put("ruleId", reported.rule())
                    .put("ruleIndex", ids.indexOf(reported.rule()))
                    .put("level", level(reported.severity()));
            result.putObject("message").put("text", reported.message() + "\n\n" + reported.fix());
            putPlace(result.putArray("locations").addObject().putObject("physicalLocation"), reported);
        }
        return root.toPrettyString();
    }

    /** All rules of the advice, then the problems that occur; gives their ids in this order. */
    private static List<String> putRules(ArrayNode rules, List<Reported> report) {
        var ids = new ArrayList<String>();
        for (var rule : Rules.all()) {
            ids.add(rule.id());
            putRule(rules.addObject(), rule);
        }
        for (var reported : report) {
            if (ids.contains(reported.rule())) continue;
            ids.add(reported.rule());
            var words = reported.rule().toLowerCase(Locale.ROOT).replace('_', ' ');
            rules.addObject()
                    .put("id", reported.rule())
                    .putObject("shortDescription")
                    .put("text", words);
        }
        return ids;
    }

    private static void putRule(ObjectNode object, Rule rule) {
        object.put("id", rule.id());
        object.putObject("shortDescription").put("text", rule.sentence());
        object.putObject("help").put("text", "See " + rule.page() + " in Sledge's repository.");
    }

    private static void putPlace(ObjectNode place, Reported reported) {
        place.putObject("artifactLocation").put("uri", uri(reported.file())).put("uriBaseId", "%SRCROOT%");
        place.putObject("region").put("startLine", reported.line()).put("endLine", reported.endLine());
    }

    private static String uri(String path) {
        try {
            // A first component with a colon would be taken for a scheme.
            var uri = new URI(null, null, "/" + path, null).toASCIIString().substring(1);
            return uri.split("/", 2)[0].contains(":") ? "./" + uri : uri;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path alone is always a reference", e);
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }
}
