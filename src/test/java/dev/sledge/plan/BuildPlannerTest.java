package dev.sledge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Golden;
import dev.sledge.build.PlanJson;
import dev.sledge.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pushes, each in a directory with the plan of its images, or with the problems of its files. */
class BuildPlannerTest {
    static List<PushCase> cases() {
        return Golden.cases("plan").stream().map(PushCase::of).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plansTheGoldenPush(PushCase push) {
        switch (push.plan()) {
            case Planning.Planned(var plans, var warnings) -> {
                for (var plan : plans) {
                    var file = plans.size() == 1 ? "plan.json" : "plan-" + plans.indexOf(plan) + ".json";
                    Golden.check(push.directory().resolve(file), PlanJson.write(plan) + "\n");
                }
                if (!warnings.isEmpty()) Golden.check(push.directory().resolve("warnings.txt"), text(warnings));
            }
            case Planning.Skipped(var why) -> Golden.check(push.directory().resolve("skipped.txt"), why + "\n");
            case Planning.Unplannable(var problems) ->
                Golden.check(push.directory().resolve("problems.txt"), text(problems));
        }
    }

    /** A case is of one kind: a golden that is no longer compared would go unnoticed. */
    @ParameterizedTest
    @MethodSource("cases")
    void aCaseHasProblemsOrPlans(PushCase push) {
        var problems = push.directory().resolve("problems.txt").toFile().exists();
        var plan = push.directory().resolve("plan.json").toFile().exists()
                || push.directory().resolve("plan-0.json").toFile().exists();
        assertThat(problems).isNotEqualTo(plan);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPlanReadsBackAsItWasWritten(PushCase push) {
        if (push.plan() instanceof Planning.Planned(var plans, var warnings)) {
            assertThat(plans)
                    .allSatisfy(plan ->
                            assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan));
        }
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
    }
}
