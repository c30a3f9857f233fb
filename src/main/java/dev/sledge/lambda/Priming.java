package dev.sledge.lambda;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a function does before Lambda takes the snapshot that every later start begins from: it uses what its first event will use, so that
 * classes are loaded and connections were made once. What comes of it counts for nothing, and no secret is read: it would lie in the
 * snapshot.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">runtime hooks</a>
 */
final class Priming implements Resource {
    /** The runtime itself remembers what is registered weakly. */
    private static final List<Priming> REGISTERED = new CopyOnWriteArrayList<>();

    private final List<Step> steps;

    /** One thing that is used. */
    interface Step {
        void use();
    }

    private Priming(List<Step> steps) {
        this.steps = steps;
    }

    static void with(List<Step> steps) {
        var priming = new Priming(List.copyOf(steps));
        REGISTERED.add(priming);
        Core.getGlobalContext().register(priming);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        for (var step : steps) {
            try {
                step.use();
            } catch (RuntimeException e) {
                // What a service refuses or does not have, it was asked for all the same.
                if (!(e instanceof SdkException) && !(e.getCause() instanceof SdkException)) {
                    System.out.print(LogLine.warning("not primed, so the first event takes longer: " + e));
                }
            }
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Clients connect anew by themselves.
    }
}
