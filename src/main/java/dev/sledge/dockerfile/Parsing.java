package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import java.util.List;

/** What came of reading a Dockerfile. */
public sealed interface Parsing {
    /**
     * It can be read.
     *
     * @param warnings what BuildKit accepts with a warning, in the order of the file
     */
    record Parsed(Dockerfile dockerfile, List<Problem> warnings) implements Parsing {
        public Parsed {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot be read.
     *
     * @param directives those that were found, with which it was read
     * @param phase where BuildKit would have stopped
     * @param problems all that was found, those of {@code phase} first, then in the order of the file
     */
    record Unparsable(Directives directives, Phase phase, List<Problem> problems) implements Parsing {
        public Unparsable {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("unparsable, yet no problem given");
            }
        }
    }
}
