package dev.sledge.settings;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.Name;
import dev.sledge.settings.BuildSettings.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code sledge.yml}. YAML 1.2 without aliases; an unknown key is an error, never ignored, since a misspelt key that is ignored
 * builds the wrong thing.
 */
public final class SettingsReader {
    private static final LoadSettings YAML = LoadSettings.builder()
            .setMaxAliasesForCollections(0)
            .setCodePointLimit(256 * 1024)
            .build();
    private static final List<String> LATER =
            List.of("on", "platforms", "secrets", "shape", "environment", "mounts", "compute");

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private SettingsReader(String file) {
        this.file = file;
    }

    /**
     * Reads the text of a {@code sledge.yml}.
     *
     * @param file the name that problems carry
     */
    public static SettingsReading read(String file, String text) {
        return new SettingsReader(file).read(text);
    }

    private SettingsReading read(String text) {
        var settings = BuildSettings.DEFAULT;
        try {
            var root = new Compose(YAML).composeString(text);
            if (root.isPresent()) {
                settings = settings(root.get());
            }
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            add(Code.SETTINGS_SYNTAX, line, "this is no YAML: " + e.getProblem(), "mend the syntax");
        } catch (YamlEngineException e) {
            add(Code.SETTINGS_SYNTAX, 0, "this is no YAML: " + e.getMessage(), "mend the syntax");
        }
        if (problems.isEmpty()) {
            return new SettingsReading.Read(settings);
        }
        problems.sort(Comparator.comparingInt(problem -> problem.where().line()));
        return new SettingsReading.Unreadable(problems);
    }

    private BuildSettings settings(Node root) {
        var images = new ArrayList<Image>();
        var cache = new ArrayList<CacheChoice>();
        mapping(
                root,
                "the file",
                Map.of(
                        "images",
                        (key, node) -> images.addAll(images(node)),
                        "cache",
                        (key, node) -> text(node, "cache")
                                .flatMap(choice -> cache(node, choice))
                                .ifPresent(cache::add)));
        return new BuildSettings(
                images.isEmpty() ? BuildSettings.DEFAULT.images() : images,
                cache.isEmpty() ? CacheChoice.AUTO : cache.getFirst());
    }

    private Optional<CacheChoice> cache(Node node, String choice) {
        for (var known : CacheChoice.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(choice)) {
                return Optional.of(known);
            }
        }
        add(
                Code.BAD_SETTING,
                line(node),
                "cache: '" + choice + "' is no kind of cache",
                "use auto, registry, classic or none");
        return Optional.empty();
    }

    private List<Image> images(Node node) {
        if (!(node instanceof SequenceNode sequence) || sequence.getValue().isEmpty()) {
            add(
                    Code.BAD_SETTING,
                    line(node),
                    "images must be a list of images",
                    "write '- dockerfile: Dockerfile' below it");
            return List.of();
        }
        var images = new ArrayList<Image>();
        var names = new LinkedHashMap<Name, Integer>();
        for (var item : sequence.getValue()) {
            image(item).ifPresent(image -> {
                var earlier = names.putIfAbsent(image.name(), line(item));
                if (earlier != null) {
                    add(
                            Code.BAD_SETTING,
                            line(item),
                            "two images have one name (the other is on line " + earlier + ")",
                            "give each a name of its own");
                }
                images.add(image);
            });
        }
        return images;
    }

    private Optional<Image> image(Node node) {
        var values = new TreeMap<String, String>();
        var args = new TreeMap<String, String>();
        BiConsumer<String, Node> keep = (key, value) -> text(value, key).ifPresent(text -> values.put(key, text));
        mapping(
                node,
                "an image",
                Map.of(
                        "name",
                        keep,
                        "dockerfile",
                        keep,
                        "context",
                        keep,
                        "target",
                        keep,
                        "args",
                        (key, map) -> args(map, args)));
        try {
            return Optional.of(new Image(
                    values.containsKey("name") ? new Name.Given(values.get("name")) : Name.OF_REPOSITORY,
                    values.getOrDefault("dockerfile", "Dockerfile"),
                    values.getOrDefault("context", "."),
                    values.containsKey("target") ? new Target.Stage(values.get("target")) : Target.LAST_STAGE,
                    args));
        } catch (IllegalArgumentException e) {
            add(Code.BAD_SETTING, line(node), String.valueOf(e.getMessage()), "mend this image's settings");
            return Optional.empty();
        }
    }

    private void args(Node node, Map<String, String> args) {
        if (!(node instanceof MappingNode mapping)) {
            add(Code.BAD_SETTING, line(node), "args must map names to values", "write 'NAME: \"value\"' below it");
            return;
        }
        for (var tuple : mapping.getValue()) {
            text(tuple.getKeyNode(), "args")
                    .ifPresent(name -> text(tuple.getValueNode(), name).ifPresent(value -> args.put(name, value)));
        }
    }

    private void mapping(Node node, String what, Map<String, BiConsumer<String, Node>> known) {
        if (!(node instanceof MappingNode mapping)) {
            add(Code.BAD_SETTING, line(node), what + " must be a mapping", "write 'key: value' lines");
            return;
        }
        for (var tuple : mapping.getValue()) {
            var key = text(tuple.getKeyNode(), "a key").orElse("");
            var reader = known.get(key);
            if (reader != null) {
                reader.accept(key, tuple.getValueNode());
            } else if (LATER.contains(key)) {
                add(
                        Code.NOT_SUPPORTED,
                        line(tuple.getKeyNode()),
                        "'" + key + "' is not supported by this version of Sledge",
                        "leave it out");
            } else {
                var keys = String.join(", ", known.keySet().stream().sorted().toList());
                add(
                        Code.UNKNOWN_SETTING,
                        line(tuple.getKeyNode()),
                        "'" + key + "' is no setting of " + what,
                        "use one of " + keys);
            }
        }
    }

    private Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        add(Code.BAD_SETTING, line(node), what + " must be a single value", "write it on one line");
        return Optional.empty();
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private void add(Code code, int line, String what, String fix) {
        problems.add(new Problem(code, new SourceLine(file, line), what, fix));
    }
}
