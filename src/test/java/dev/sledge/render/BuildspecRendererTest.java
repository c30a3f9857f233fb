package dev.sledge.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Golden;
import dev.sledge.Property;
import dev.sledge.Shell;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.PushCase;
import dev.sledge.plan.Recipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Buildspecs, each in a directory with the push that it is for. */
class BuildspecRendererTest {
    private static final String UPLOADS = "s3://sledge-results/uploads";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(SLEDGE_[A-Za-z0-9_]+)");

    static List<PushCase> cases() {
        return Golden.cases("render").stream().map(PushCase::of).toList();
    }

    private static RenderedBuild render(PushCase push) {
        return BuildspecRenderer.render(push.onlyPlan(), UPLOADS);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rendersTheGoldenBuildspec(PushCase push) {
        var build = render(push);
        Golden.check(push.directory().resolve("buildspec.yml"), build.buildspec());
        Golden.check(
                push.directory().resolve("environment.txt"),
                build.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isTheSameTextInWhateverOrderArgumentsCome(PushCase push) {
        var plan = push.onlyPlan();
        var expected = BuildspecRenderer.render(plan, UPLOADS);
        Property.holds(
                20,
                random -> {
                    var names = new ArrayList<>(plan.recipe().args().keySet());
                    Collections.shuffle(names, random);
                    var args = new LinkedHashMap<String, String>();
                    names.forEach(name -> args.put(name, plan.recipe().args().getOrDefault(name, "")));
                    return args;
                },
                args -> assertThat(BuildspecRenderer.render(withArgs(plan, args), UPLOADS))
                        .isEqualTo(expected));
    }

    private static BuildPlan withArgs(BuildPlan plan, Map<String, String> args) {
        var recipe = plan.recipe();
        return new BuildPlan(
                plan.source(),
                plan.output(),
                new Recipe(recipe.dockerfile(), recipe.context(), recipe.target(), args),
                plan.stages(),
                plan.images(),
                plan.cache(),
                plan.decision(),
                plan.mounts(),
                plan.experience(),
                plan.timeout());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aYamlReaderFindsTheVeryCommands(PushCase push) {
        var text = render(push).buildspec();
        var expected = new LinkedHashMap<String, Object>();
        BuildspecRenderer.commands(push.onlyPlan())
                .forEach((phase, commands) -> expected.put(phase, Map.of("commands", commands)));

        assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
                .isEqualTo(Map.of("version", "0.2", "env", Map.of("shell", "bash"), "phases", expected));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bashReadsEveryCommand(PushCase push) {
        BuildspecRenderer.commands(push.onlyPlan()).values().stream()
                .flatMap(List::stream)
                .forEach(command -> assertThat(Shell.run(List.of("bash", "-n"), command))
                        .as("%s", command)
                        .isEqualTo(new Shell.Ran(0, "")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void commandsUseTheVariablesThatAreSetAndNoOthers(PushCase push) {
        var build = render(push);
        var used = new TreeSet<String>();
        VARIABLE.matcher(build.buildspec()).results().forEach(found -> used.add(found.group(1)));
        // Whoever runs the build knows where the repository's caches are.
        used.removeAll(Set.of("SLEDGE_CACHE_ROOT", "SLEDGE_BASE_IMAGES", "SLEDGE_REGISTRY_MIRROR"));
        assertThat(used).isEqualTo(new TreeSet<>(build.environment().keySet()));
    }
}
