package dev.sledge.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code docker build} is told.
 *
 * @param dockerfile path from the repository's root
 * @param context directory from the repository's root, {@code .} for the root
 * @param target the stage that becomes the image, by its name, which is all that {@code --target} takes; empty for the last stage
 * @param args build arguments, sorted by name
 */
public record Recipe(String dockerfile, String context, String target, Map<String, String> args) {
    public Recipe {
        args = Collections.unmodifiableMap(new TreeMap<>(args));
    }
}
