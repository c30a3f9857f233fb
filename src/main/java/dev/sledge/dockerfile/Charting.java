package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import java.util.List;
import java.util.Map;

/** What came of resolving the stages of a Dockerfile. */
public sealed interface Charting {
    /**
     * The target can be built, as far as the file alone can tell.
     *
     * @param warnings what BuildKit warns of, and faults in stages that the target does not need
     */
    record Charted(StageGraph graph, List<Problem> warnings) implements Charting {
        public Charted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The stages are known, but BuildKit refuses to build the target.
     *
     * @param phase where it stops: {@code GRAPH}, {@code RESOLVE} or {@code DISPATCH}
     * @param graph for pictures and messages; in phase {@code GRAPH} edges may be missing
     * @param problems those of {@code phase} first, then in the order of the file
     */
    record Unbuildable(Phase phase, StageGraph graph, List<Problem> problems) implements Charting {
        public Unbuildable {
            problems = atLeastOne(problems);
        }
    }

    /**
     * Not even the stages' base images or the target are known.
     *
     * @param phase where BuildKit stops: {@code META_ARGS}, {@code STATES} or {@code TARGET}
     * @param globalArgs values of the global arguments, those that could be found
     */
    record Unresolved(Phase phase, Map<String, String> globalArgs, List<Problem> problems) implements Charting {
        public Unresolved {
            globalArgs = Map.copyOf(globalArgs);
            problems = atLeastOne(problems);
        }
    }

    private static List<Problem> atLeastOne(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("refused, yet no problem given");
        }
        return List.copyOf(problems);
    }
}
