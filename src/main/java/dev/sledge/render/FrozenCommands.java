package dev.sledge.render;

import dev.sledge.plan.Cache;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The commands of a build whose engine goes on with the state of an earlier one. */
record FrozenCommands(Cache.Frozen cache) {
    private static final String FOLDER = "\"$SLEDGE_CACHE_ROOT/frozen\" /var/lib/docker ";
    private static final String REPORT = "\"$CODEBUILD_SRC_DIR/results/frozen.jsonl\"";
    private static final String THAWED_FILE = "/run/sledge/frozen/thawed.json";

    /** Whether the engine has what an earlier one had. */
    private static final String THAWED = "thawed() { jq -e .agent " + THAWED_FILE + " > /dev/null 2>&1; }";

    /** From now on the engine has nothing. */
    private static final String FORGET = """
            forget() {
              kill "$(jq .agent %1$s)" 2> /dev/null
              jq 'del(.agent)' %1$s > /run/sledge/frozen/forgotten.json && mv /run/sledge/frozen/forgotten.json %1$s
            }""".formatted(THAWED_FILE);

    /** What nobody has said yet of an engine that started with nothing. */
    private static final String GIVEN_UP = """
            if [ -e /run/sledge/engine.pids ] && [ ! -e /run/sledge/filled ]; then
              if thawed; then
                echo '{"not_thawed":{"why":["the engine did not start with it"]}}' >> %2$s
                forget
              elif [ ! -e %1$s ]; then echo '{"not_thawed":{"why":["the agent ended before it was done"]}}' >> %2$s; fi
            fi""".formatted(THAWED_FILE, REPORT);

    /** An engine whose state is gone or broken ends, whatever is left of it, and another one begins with nothing. */
    private static final String LOST = """
            lost() {
              thawed || return
              if [ -e /run/sledge/frozen/lost ]; then echo "blocks of the frozen engine cannot be had: $(cat /run/sledge/frozen/lost)"
              elif ! kill -0 "$(jq .agent %1$s)" 2> /dev/null; then echo '{"lost":{"why":"the agent that served it has ended"}}' >> %2$s
              elif failed_by_itself; then return 1
              else echo '{"lost":{"why":"the engine did not go on with it"}}' >> %2$s; fi
              echo "building again without the frozen engine"
              mv "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" "$CODEBUILD_SRC_DIR/results/buildkit-thawed.jsonl" 2> /dev/null
              start-engine containerd disk "the frozen one could not go on" && forget && beneath
            }""".formatted(THAWED_FILE, REPORT);

    /** Whether there is anything new to keep, and an engine that can be stopped. */
    private static final String FREEZES = """
            freezes() { [ -e /run/sledge/engine.pids ] && [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] && [ "$exports" = all ] && { ran || ! thawed; }; }
            not_frozen() {
              echo "{\\"failed\\":{\\"status\\":$1}}" >> %s
              echo "the engine was not frozen"
            }""".formatted(REPORT);

    /** What {@code start-engine} runs before the engine. */
    String thaw() {
        var scopes = IntStream.range(0, cache.from().size())
                .mapToObj(i -> " \"$SLEDGE_FROZEN_FROM_" + i + "\"")
                .collect(Collectors.joining());
        return BuildKitCommands.AGENT + "thaw " + FOLDER + REPORT + scopes;
    }

    /** What the commands below use. */
    List<String> functions() {
        return cache.to().isEmpty()
                ? List.of(THAWED, FORGET, GIVEN_UP, LOST)
                : List.of(THAWED, FORGET, GIVEN_UP, LOST, FREEZES);
    }

    /**
     * Sets the array of options by which a cache is read: none if the engine has everything.
     *
     * @param beneath commands that set it to what is beneath
     */
    List<String> reading(List<String> beneath) {
        return List.of("beneath() {\n" + String.join("\n", beneath) + "\ntrue\n}", "cached=()", "thawed || beneath");
    }

    /**
     * When the image is there, and the cache beneath is written: that also closes what the steps of this build have made, which an engine goes on
     * to hold open otherwise; what is open would have to be copied by every thaw.
     */
    List<String> freeze() {
        return IntStream.range(0, cache.to().size())
                .mapToObj(i -> "! freezes || timeout " + CacheWriting.SECONDS + " " + BuildKitCommands.AGENT + "freeze "
                        + FOLDER + REPORT + " \"$SLEDGE_FROZEN_TO_" + i + "\" || not_frozen $?")
                .toList();
    }

    /** Lets the agent tell what it served; the freeze has ended it before, if there was one. */
    String end() {
        var agent = "\"$(jq .agent " + THAWED_FILE + ")\"";
        return "! thawed || ! kill " + agent + " 2> /dev/null || timeout 5 tail --pid=" + agent
                + " -f /dev/null || echo \"what was read of the frozen engine was not told\"";
    }

    /** What the commands read. */
    Map<String, String> environment() {
        var environment = new TreeMap<String, String>();
        for (var i = 0; i < cache.from().size(); i++) {
            environment.put("SLEDGE_FROZEN_FROM_" + i, cache.from().get(i));
        }
        for (var i = 0; i < cache.to().size(); i++) {
            environment.put("SLEDGE_FROZEN_TO_" + i, cache.to().get(i));
        }
        return environment;
    }
}
