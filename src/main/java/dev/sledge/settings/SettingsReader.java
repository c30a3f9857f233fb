package dev.sledge.settings;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Suggestion;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code sledge.yml}. An unknown key is an error, never ignored, since a misspelt key that is ignored builds the wrong thing.
 *
 * <p>{@code docs/sledge.schema.json} says the same for editors; what JSON cannot show (aliases, keys that stand twice, images of one
 * name) is checked here alone.
 */
public final class SettingsReader {
    private final Findings findings;
    private final Keys keys;

    private List<Image> images = BuildSettings.DEFAULT.images();
    private Triggers on = BuildSettings.DEFAULT.on();
    private CacheChoice cache = BuildSettings.DEFAULT.cache();

    private SettingsReader(Findings findings) {
        this.findings = findings;
        this.keys = new Keys(findings);
    }

    /**
     * Reads the text of a {@code sledge.yml}.
     *
     * @param file the name that problems carry
     */
    public static SettingsReading read(String file, String text) {
        var findings = new Findings(file);
        var reader = new SettingsReader(findings);
        SettingsYaml.root(text, findings).ifPresent(reader::file);
        return findings.count() == 0
                ? new SettingsReading.Read(new BuildSettings(reader.images, reader.on, reader.cache))
                : new SettingsReading.Unreadable(findings.problems());
    }

    private void file(Node root) {
        keys.read(root, "the file", Map.of("images", this::images, "on", this::on, "cache", this::cache));
    }

    private void on(Node node) {
        on = new TriggersReader(findings).read(node);
    }

    private void cache(Node node) {
        keys.text(node, "cache").ifPresent(written -> {
            var choices = Arrays.stream(CacheChoice.values())
                    .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                    .toList();
            if (choices.contains(written)) {
                cache = CacheChoice.valueOf(written.toUpperCase(Locale.ROOT));
            } else {
                findings.bad(
                        node,
                        "cache: " + Problem.quote(written) + " is no kind of cache",
                        Suggestion.orElse(written, choices, "use one of " + String.join(", ", choices)));
            }
        });
    }

    private void images(Node node) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            findings.bad(node, "images must be a list of images", "write '- dockerfile: Dockerfile' below it");
            return;
        }
        var read = new ArrayList<Image>();
        var lines = new HashMap<Name, Integer>();
        for (var item : sequence.getValue()) {
            var before = findings.count();
            var image = new ImageReader(findings).read(item);
            read.add(image);
            // A faulty name was left at its default, which another image may have.
            var earlier = findings.count() == before ? lines.putIfAbsent(image.name(), Findings.line(item)) : null;
            if (earlier != null) {
                findings.bad(
                        item,
                        "two images have one name, this and that on line " + earlier,
                        "give each a name of its own");
            }
        }
        images = read;
    }
}
