package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.KeptStage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What differs between two builds of one kind of cache: the values that {@link DockerCommands} read from the environment. */
final class CommandVariables {
    /** What the engines of the builds before needed. */
    static final String ENGINE_MEBIBYTES = "SLEDGE_ENGINE_MIB";

    private CommandVariables() {}

    /** What the commands of this kind of cache read, beside what all builds have. */
    static Map<String, String> of(BuildPlan plan) {
        var environment = new TreeMap<String, String>();
        switch (plan.cache()) {
            case Cache.Classic(var stages) -> {
                targets(environment, stages);
                stages(environment, stages);
            }
            case Cache.OfBuildKit cache -> {
                target(environment, "SLEDGE_TARGET", plan.recipe().target());
                if (BuildKitCommands.livesForOneBuild(cache)) {
                    environment.put(
                            ENGINE_MEBIBYTES, String.valueOf(plan.experience().engineMebibytes()));
                }
                ofBuildKit(environment, cache);
                environment.putAll(new MountKeeping(plan).environment());
            }
        }
        return environment;
    }

    private static void ofBuildKit(Map<String, String> environment, Cache.OfBuildKit cache) {
        switch (cache) {
            case Cache.Registry(var from, var to) -> scopes(environment, from, to);
            case Cache.Layout(var from, var to) -> scopes(environment, from, to);
            case Cache.Inline(var stages) -> ofStages(environment, stages, CacheWriting.isAny(cache));
            case Cache.Tarball(var from, var to) -> scopes(environment, from, to);
            case Cache.Frozen frozen -> {
                environment.putAll(new FrozenCommands(frozen).environment());
                ofBuildKit(environment, frozen.beneath());
            }
            case Cache.Host host -> {}
            case Cache.None none -> {}
        }
    }

    private static void scopes(Map<String, String> environment, List<?> from, List<?> to) {
        number(environment, "SLEDGE_CACHE_FROM_", from);
        number(environment, "SLEDGE_CACHE_TO_", to);
    }

    /** A stage's name is read only by the commands that write its cache. */
    private static void ofStages(
            Map<String, String> environment, List<? extends KeptStage<?>> stages, boolean isWritten) {
        if (isWritten) {
            targets(environment, stages);
        }
        stages(environment, stages);
    }

    private static void stages(Map<String, String> environment, List<? extends KeptStage<?>> stages) {
        for (var i = 0; i < stages.size(); i++) {
            number(environment, "SLEDGE_STAGE_" + i + "_FROM_", stages.get(i).from());
            number(environment, "SLEDGE_STAGE_" + i + "_TO_", stages.get(i).to());
        }
    }

    private static void targets(Map<String, String> environment, List<? extends KeptStage<?>> stages) {
        for (var i = 0; i < stages.size(); i++) {
            target(environment, "SLEDGE_STAGE_" + i, stages.get(i).target());
        }
    }

    private static void target(Map<String, String> environment, String variable, String target) {
        if (!target.isEmpty()) {
            environment.put(variable, target);
        }
    }

    private static void number(Map<String, String> environment, String prefix, List<?> values) {
        for (var i = 0; i < values.size(); i++) {
            environment.put(prefix + i, values.get(i).toString());
        }
    }
}
