package dev.sledge.lambda;

import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * What a function does before Lambda takes the snapshot that every later start begins from: it uses what its first event will use, so that
 * classes are loaded and connections were made once. What comes of it counts for nothing, and no secret is read: it would lie in the
 * snapshot.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">runtime hooks</a>
 */
final class Priming implements Resource {
    private final List<Step> steps;

    /** One thing that is used. */
    interface Step {
        void use();
    }

    private Priming(List<Step> steps) {
        this.steps = steps;
    }

    /** To be kept by whoever is primed: the runtime itself remembers it weakly. */
    static Priming of(List<Step> steps) {
        var priming = new Priming(List.copyOf(steps));
        Core.getGlobalContext().register(priming);
        return priming;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        for (var step : steps) {
            try {
                step.use();
            } catch (RuntimeException e) {
                // Refused, or not there: the way to the service is known all the same.
            }
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Clients connect anew by themselves.
    }
}
