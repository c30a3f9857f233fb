package dev.sledge.settings;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Suggestion;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.MountChoice;
import dev.sledge.settings.BuildSettings.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private MountChoice mounts = BuildSettings.DEFAULT.mounts();

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
                ? new SettingsReading.Read(new BuildSettings(reader.images, reader.on, reader.cache, reader.mounts))
                : new SettingsReading.Unreadable(findings.problems());
    }

    private void file(Node root) {
        keys.read(
                root,
                "the file",
                Map.of("images", this::images, "on", this::on, "cache", this::cache, "mounts", this::mounts));
    }

    private void on(Node node) {
        on = new TriggersReader(findings).read(node);
    }

    private void cache(Node node) {
        choice(node, "cache", "kind of cache", CacheChoice.class).ifPresent(choice -> cache = choice);
    }

    private void mounts(Node node) {
        choice(node, "mounts", "way to treat cache mounts", MountChoice.class).ifPresent(choice -> mounts = choice);
    }

    private <E extends Enum<E>> Optional<E> choice(Node node, String key, String kind, Class<E> type) {
        var choices = Arrays.stream(type.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        return keys.text(node, key).flatMap(written -> {
            if (choices.contains(written)) {
                return Optional.of(Enum.valueOf(type, written.toUpperCase(Locale.ROOT)));
            }
            findings.bad(
                    node,
                    key + ": " + Problem.quote(written) + " is no " + kind,
                    Suggestion.orElse(written, choices, "use one of " + String.join(", ", choices)));
            return Optional.empty();
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
