package dev.sledge.settings;

import dev.sledge.problem.Problem.Code;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * The YAML that settings are written in: version 1.2 with its core schema, one document of 256 K characters at most, without aliases,
 * since an error in what an alias repeats has no one line.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#103-core-schema">core schema</a>
 */
final class SettingsYaml {
    /** Settings nest four deep; the reader of trees goes down by recursion and would run out of stack. */
    private static final int DEEPEST = 16;

    private static final LoadSettings YAML = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(256 * 1024)
            .build();

    private SettingsYaml() {}

    /** The root of {@code text}; empty if there is none, or if the findings say why. */
    static Optional<Node> root(String text, Findings findings) {
        try {
            return isFlat(text, findings)
                    ? new Compose(YAML)
                            .composeString(text)
                            .filter(root -> !root.getTag().equals(Tag.NULL))
                    : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            findings.add(Code.SETTINGS_SYNTAX, line(e.getProblemMark()), noYaml(e.getProblem()), "mend the syntax");
        } catch (YamlEngineException e) {
            findings.add(Code.SETTINGS_SYNTAX, 0, noYaml(String.valueOf(e.getMessage())), "mend the syntax");
        }
        return Optional.empty();
    }

    private static String noYaml(String why) {
        return "this is no YAML: " + why.strip().replaceAll("\\s+", " ");
    }

    static int line(Optional<Mark> mark) {
        return mark.map(at -> at.getLine() + 1).orElse(0);
    }

    /** Whether a tree can be made of the text: it has no aliases, and does not nest too deep. */
    private static boolean isFlat(String text, Findings findings) {
        var depth = 0;
        for (Event event : new Parse(YAML).parseString(text)) {
            if (event instanceof AliasEvent alias) {
                findings.add(
                        Code.SETTINGS_SYNTAX,
                        line(alias.getStartMark()),
                        "'*" + alias.getAlias() + "' is an alias, which settings cannot hold",
                        "write out what it stands for");
                return false;
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                findings.add(
                        Code.SETTINGS_SYNTAX,
                        line(event.getStartMark()),
                        "the file nests more than " + DEEPEST + " deep",
                        "no setting needs that");
                return false;
            }
        }
        return true;
    }
}
