package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** A report as JSON: a list of objects with {@code rule, severity, file, line, endLine, message, fix}. */
final class CheckJson {
    private CheckJson() {}

    static String of(List<Reported> report) {
        var array = new JsonMapper().createArrayNode();
        for (var reported : report) {
            array.addObject()
                    .put("rule", reported.rule())
                    .put("severity", reported.severity().word())
                    .put("file", reported.file())
                    .put("line", reported.line())
                    .put("endLine", reported.endLine())
                    .put("message", reported.message())
                    .put("fix", reported.fix());
        }
        return array.toPrettyString();
    }
}
