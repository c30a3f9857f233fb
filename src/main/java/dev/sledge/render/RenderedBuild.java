package dev.sledge.render;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A build as CodeBuild takes it.
 *
 * @param buildspec version 0.2 YAML; depends on the plan's shape alone, not on any value from outside
 * @param environment all that varies, by variable name; values are text from outside and never part of a command
 */
public record RenderedBuild(String buildspec, Map<String, String> environment) {
    public RenderedBuild {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    }
}
