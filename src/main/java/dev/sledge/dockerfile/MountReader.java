package dev.sledge.dockerfile;

import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one {@code --mount}.
 *
 * <p>BuildKit refuses broken CSV and a variable in {@code from} at once; all else it looks at when it builds the stage,
 * since other values may hold variables. So the latter are flaws of the stage.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/commands_runmount.go">
 *     parseMount</a>
 */
final class MountReader {
    private static final List<String> KEYS = List.of(
            "type",
            "from",
            "source",
            "src",
            "target",
            "dst",
            "destination",
            "readonly",
            "ro",
            "readwrite",
            "rw",
            "id",
            "sharing",
            "required",
            "mode",
            "uid",
            "gid",
            "env",
            "size");
    private static final Set<String> SWITCHES = Set.of("readonly", "ro", "readwrite", "rw", "required");
    private static final Pattern VARIABLE = Pattern.compile("\\$.");
    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,11}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})? ?([kKmMgGtTpP]?[iI]?[bB]?)");

    private final String text;
    private final InstructionLine line;
    private final Findings findings;
    private final Map<String, String> values = new HashMap<>();
    private Mount.Type type = Mount.Type.BIND;

    MountReader(String text, InstructionLine line, Findings findings) {
        this.text = text;
        this.line = line;
        this.findings = findings;
    }

    /** The mount without its faulty fields; empty if it is no list of fields at all. */
    Optional<Mount> read() {
        switch (Csv.read(text)) {
            case Csv.Fields(var fields) -> fields.forEach(this::field);
            case Csv.Malformed(var why) -> {
                findings.refuse(
                        Phase.INSTRUCTIONS,
                        Code.BAD_MOUNT,
                        line.lineOf(text),
                        "--mount=" + Findings.quote(text) + " is no list of fields: " + why,
                        "write key=value,key=value");
                return Optional.empty();
            }
        }
        MountRules.check(type, values).forEach(broken -> flaw(broken.what(), broken.fix()));
        return Optional.of(mount());
    }

    private Mount mount() {
        var ownership = new HashMap<>(values);
        ownership.keySet().retainAll(Set.of("mode", "uid", "gid"));
        return new Mount(
                type,
                value("from"),
                value("source"),
                value("target"),
                value("id"),
                sharing(),
                isReadOnly(),
                GoBoolean.isTrue(value("required")),
                ownership,
                value("env"),
                value("size"));
    }

    private Mount.Sharing sharing() {
        var word = LowerCase.of(value("sharing"));
        return Mount.Sharing.WORDS.contains(word)
                ? Mount.Sharing.valueOf(word.toUpperCase(Locale.ROOT))
                : Mount.Sharing.SHARED;
    }

    private void field(String field) {
        int equals = field.indexOf('=');
        var written = LowerCase.of(equals < 0 ? field : field.substring(0, equals));
        var value = equals < 0 ? "true" : field.substring(equals + 1);
        if (!KEYS.contains(written)) {
            flaw(
                    "--mount has no key " + Findings.quote(written),
                    Suggestion.orElse(written, KEYS, "use keys such as type, source, target"));
        } else if (equals < 0 && !SWITCHES.contains(written)) {
            flaw("the key " + written + " of --mount has no value", "write " + written + "=VALUE");
        } else if (written.equals("from") && VARIABLE.matcher(value).find()) {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.BAD_VARIABLE,
                    line.lineOf(text),
                    "--mount=from=" + Findings.quote(value) + " holds a variable",
                    "define a stage with FROM " + value + " AS name, and mount from that");
        } else {
            accept(written, value);
        }
    }

    private void accept(String written, String value) {
        var key = switch (written) {
            case "src" -> "source";
            case "dst", "destination" -> "target";
            case "ro" -> "readonly";
            case "rw" -> "readwrite";
            default -> written;
        };
        boolean open = value.contains("$");
        boolean valid = open
                || switch (key) {
                    case "type" -> Mount.Type.WORDS.contains(LowerCase.of(value));
                    case "sharing" -> Mount.Sharing.WORDS.contains(LowerCase.of(value));
                    case "readonly", "readwrite", "required" -> GoBoolean.isOne(value);
                    case "mode" -> OCTAL.matcher(value).matches();
                    case "uid", "gid" -> NUMBER.matcher(value).matches();
                    case "size" -> SIZE.matcher(value).matches();
                    default -> true;
                };
        if (!valid) {
            flaw("the value " + Findings.quote(value) + " of --mount's " + written + " is not valid", hint(key, value));
            return;
        }
        values.put(key, value);
        if (key.equals("type"))
            type = open
                    ? Mount.Type.VARIABLE
                    : Mount.Type.valueOf(LowerCase.of(value).toUpperCase(Locale.ROOT));
        // The one given last decides, as either says the opposite of the other.
        if (key.equals("readwrite")) values.remove("readonly");
        if (key.equals("readonly")) values.remove("readwrite");
    }

    private static String hint(String key, String value) {
        return switch (key) {
            case "type" ->
                Suggestion.orElse(value, Mount.Type.WORDS, "use one of " + String.join(", ", Mount.Type.WORDS));
            case "sharing" ->
                Suggestion.orElse(value, Mount.Sharing.WORDS, "use one of " + String.join(", ", Mount.Sharing.WORDS));
            case "mode" -> "write an octal number such as 0755";
            case "uid", "gid" -> "write a number";
            case "size" -> "write a size such as 64m";
            default -> "write true or false";
        };
    }

    private boolean isReadOnly() {
        if (values.containsKey("readonly")) return GoBoolean.isTrue(value("readonly"));
        if (values.containsKey("readwrite")) return !GoBoolean.isTrue(value("readwrite"));
        return type != Mount.Type.CACHE && type != Mount.Type.TMPFS;
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private void flaw(String what, String fix) {
        findings.flaw(Code.BAD_MOUNT, line.lineOf(text), what, fix);
    }
}
