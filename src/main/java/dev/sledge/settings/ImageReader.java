package dev.sledge.settings;

import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.Name;
import dev.sledge.settings.BuildSettings.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads one item of {@code images}. */
final class ImageReader {
    private final Findings findings;
    private final Keys keys;
    private final Map<String, String> args = new TreeMap<>();

    private Name name = Name.OF_REPOSITORY;
    private String dockerfile = "Dockerfile";
    private String context = ".";
    private Target target = Target.LAST_STAGE;

    ImageReader(Findings findings) {
        this.findings = findings;
        this.keys = new Keys(findings);
    }

    /** The image, with its defaults where the findings tell of a fault. */
    Image read(Node node) {
        keys.read(
                node,
                "an image",
                Map.of(
                        "name", this::name,
                        "dockerfile", this::dockerfile,
                        "context", this::context,
                        "target", this::target,
                        "args", this::args));
        return new Image(name, dockerfile, context, target, args);
    }

    private void name(Node node) {
        keys.text(node, "name")
                .flatMap(text -> findings.valid(node, () -> new Name.Given(text), "write it as in 'name: web-server'"))
                .ifPresent(given -> name = given);
    }

    private void dockerfile(Node node) {
        keys.text(node, "dockerfile")
                .flatMap(text -> findings.valid(node, () -> Image.requireDockerfile(text), fix(text, "web/Dockerfile")))
                .ifPresent(path -> dockerfile = path);
    }

    private void context(Node node) {
        keys.text(node, "context")
                .flatMap(text -> findings.valid(
                        node, () -> Image.requireContext(text), fix(text, "web' or, for the whole repository, '.")))
                .ifPresent(path -> context = path);
    }

    /** What was meant, for paths that other tools take; else an example. */
    private static String fix(String path, String example) {
        var plain = path.replaceAll("^(\\./+)+|/+$", "");
        try {
            return "write '" + Image.requireDockerfile(plain) + "'";
        } catch (IllegalArgumentException e) {
            return "write it as in '" + example + "'";
        }
    }

    /** A stage's name, or its index where it has none. */
    private void target(Node node) {
        keys.scalar(node, "target", List.of(Tag.STR, Tag.INT), "a stage's name or index")
                .flatMap(text -> findings.valid(node, () -> new Target.Stage(text), "name a stage, or leave it out"))
                .ifPresent(stage -> target = stage);
    }

    private void args(Node node) {
        for (var entry : keys.entries(node, "args", "write 'NAME: value' lines below it")) {
            var name = Keys.key(entry);
            var value = entry.getValueNode();
            keys.scalar(value, "args: " + name, List.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL), "a single value")
                    .flatMap(text -> findings.valid(value, () -> argument(name, text), "write it as in 'VERSION: 1.2'"))
                    .ifPresent(text -> args.put(name, text));
        }
    }

    private static String argument(String name, String value) {
        Image.requireArgument(name, value);
        return value;
    }
}
