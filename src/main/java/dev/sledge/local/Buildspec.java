package dev.sledge.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A buildspec of version 0.2, as far as this machine can run it; what it cannot run is refused, never left out.
 *
 * @param variables {@code env.variables}
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html">buildspec reference</a>
 */
record Buildspec(Map<String, String> variables, List<Phase> phases) {
    /** The phases that have commands, in the order CodeBuild runs them. */
    static final List<String> PHASES = List.of("install", "pre_build", "build", "post_build");

    Buildspec {
        variables = Map.copyOf(variables);
        phases = List.copyOf(phases);
    }

    /**
     * One phase.
     *
     * @param last what {@code finally} lists: it runs after the commands, whether or not they failed
     * @param continues {@code on-failure: CONTINUE}
     */
    record Phase(String name, List<String> commands, List<String> last, boolean continues) {
        Phase {
            commands = List.copyOf(commands);
            last = List.copyOf(last);
        }
    }

    /** @throws LocalServiceException if it is no buildspec, or asks for what only CodeBuild has */
    static Buildspec parse(String text) {
        try {
            var root = mapping(new Load(LoadSettings.builder().build()).loadFromString(text), "the buildspec");
            only(root, "the buildspec", Set.of("version", "env", "phases"));
            if (!"0.2".equals(String.valueOf(root.get("version")))) {
                throw new LocalServiceException("buildspec version must be 0.2, not " + root.get("version"));
            }
            var env = mapping(root.getOrDefault("env", Map.of()), "env");
            only(env, "env", Set.of("shell", "variables"));
            if (!"bash".equals(env.getOrDefault("shell", "bash"))) {
                throw new LocalServiceException("env.shell must be bash, not " + env.get("shell"));
            }
            var variables = new LinkedHashMap<String, String>();
            mapping(env.getOrDefault("variables", Map.of()), "env.variables")
                    .forEach((name, value) -> variables.put(name, String.valueOf(value)));
            return new Buildspec(variables, phases(mapping(root.getOrDefault("phases", Map.of()), "phases")));
        } catch (YamlEngineException e) {
            throw new LocalServiceException("the buildspec is no YAML: " + e.getMessage(), e);
        }
    }

    private static List<Phase> phases(Map<String, Object> map) {
        only(map, "phases", Set.copyOf(PHASES));
        var phases = new ArrayList<Phase>();
        for (var name : PHASES) {
            if (map.containsKey(name)) {
                var phase = mapping(map.getOrDefault(name, Map.of()), name);
                only(phase, name, Set.of("commands", "finally", "on-failure"));
                var onFailure = String.valueOf(phase.getOrDefault("on-failure", "ABORT"));
                if (!onFailure.equals("ABORT") && !onFailure.equals("CONTINUE")) {
                    throw new LocalServiceException(name + ": on-failure " + onFailure + " runs on CodeBuild only");
                }
                phases.add(new Phase(
                        name, commands(phase, "commands"), commands(phase, "finally"), onFailure.equals("CONTINUE")));
            }
        }
        return phases;
    }

    private static List<String> commands(Map<String, Object> phase, String key) {
        if (!(phase.getOrDefault(key, List.of()) instanceof List<?> list)) {
            throw new LocalServiceException(key + " of a phase must be a list of commands");
        }
        return list.stream().map(String::valueOf).toList();
    }

    private static Map<String, Object> mapping(Object value, String what) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new LocalServiceException(what + " must be a mapping");
        }
        var mapping = new LinkedHashMap<String, Object>();
        map.forEach((key, entry) -> mapping.put(String.valueOf(key), entry == null ? "" : entry));
        return mapping;
    }

    private static void only(Map<String, Object> map, String what, Set<String> known) {
        for (var key : map.keySet()) {
            if (!known.contains(key)) {
                throw new LocalServiceException("'" + key + "' in " + what + " runs on CodeBuild only");
            }
        }
    }
}
