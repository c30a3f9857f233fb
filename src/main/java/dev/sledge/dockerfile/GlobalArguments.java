package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.image.Platform;
import dev.sledge.problem.Problem.Code;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The variables that {@code FROM} sees: what BuildKit defines itself, then the global {@code ARG}s from left to right.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope">Automatic
 *     platform ARGs</a>
 */
final class GlobalArguments {
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> declared = new TreeMap<>();
    private final Effort effort = new Effort();
    private final char escape;

    private GlobalArguments(char escape) {
        this.escape = escape;
    }

    static GlobalArguments of(Dockerfile dockerfile, BuildOptions options, Findings findings) {
        var arguments = new GlobalArguments(dockerfile.directives().escape());
        arguments.definePredefined(dockerfile, options);
        for (var arg : dockerfile.globalArgs()) {
            for (var declaration : arg.declarations()) {
                arguments.declare(declaration, options, arg.lines().first(), findings);
            }
        }
        return arguments;
    }

    /** The values of those that the file declares; empty for one without default that is not given. */
    Map<String, String> declared() {
        return declared;
    }

    /** The value that {@code ARG name} in a stage takes over. */
    Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Replaces the variables of one word. */
    Expansion expand(String word) {
        return Expansion.of(word, escape, variables, effort);
    }

    private void definePredefined(Dockerfile dockerfile, BuildOptions options) {
        define("BUILD", options.buildPlatform());
        define("TARGET", options.platform());
        var target = options.target().isEmpty() ? dockerfile.stages().getLast().name() : options.target();
        variables.put("TARGETSTAGE", target.isEmpty() ? "default" : target);
        options.arguments().forEach((name, value) -> variables.computeIfPresent(name, (same, old) -> value));
    }

    private void define(String side, Platform platform) {
        variables.put(side + "PLATFORM", platform.toString());
        variables.put(side + "OS", platform.os());
        variables.put(side + "OSVERSION", "");
        variables.put(side + "ARCH", platform.architecture());
        variables.put(side + "VARIANT", platform.variant());
    }

    private void declare(Declaration declaration, BuildOptions options, int line, Findings findings) {
        var name = declaration.name();
        if (options.arguments().containsKey(name)) {
            set(name, options.arguments().getOrDefault(name, ""));
            return;
        }
        switch (declaration) {
            // A predefined variable keeps its value: declaring it only makes it known.
            case Declaration.Plain plain -> declared.put(name, "");
            case Declaration.WithDefault(var same, var value) -> setDefault(name, value, line, findings);
        }
    }

    private void setDefault(String name, String value, int line, Findings findings) {
        switch (expand(value)) {
            case Expansion.Expanded(var text) -> set(name, text);
            case Expansion.Failed(var why) -> {
                // Set, so that what uses it is not reported as well.
                variables.put(name, value);
                findings.refuse(
                        Phase.META_ARGS,
                        Code.BAD_VARIABLE,
                        line,
                        "the default of ARG " + Findings.quote(name) + " cannot be read: " + why,
                        "correct the value " + Findings.quote(value));
            }
        }
    }

    private void set(String name, String value) {
        variables.put(name, value);
        declared.put(name, value);
    }
}
