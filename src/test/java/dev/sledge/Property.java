package dev.sledge;

import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Holds a property over many generated inputs. A failure names the seed of its input; {@code -Dproperty.seed=N} begins with that one.
 *
 * <p>The seeds are the same in every run, so that a build fails for its own change alone.
 */
public final class Property {
    private static final long FIRST = Long.getLong("property.seed", 1);
    private static final int TIMES = Integer.getInteger("property.times", 1);

    private Property() {}

    /**
     * Makes inputs and holds the property over each.
     *
     * @param trials how many inputs; {@code -Dproperty.times=N} makes it N times as many
     * @param generator makes an input from a source of random numbers and nothing else
     * @param property throws if it does not hold
     */
    public static <T> void holds(int trials, Function<Random, T> generator, Consumer<T> property) {
        for (var seed = FIRST; seed < FIRST + (long) trials * TIMES; seed++) {
            var input = generator.apply(new Random(seed));
            try {
                property.accept(input);
            } catch (Throwable failure) { // an assertion's error as well as an exception
                throw new AssertionError("-Dproperty.seed=" + seed + ", input «" + input + "»: " + failure, failure);
            }
        }
    }

    /** A text of up to {@code longest} pieces, each one of {@code pieces}. */
    public static String text(Random random, int longest, String... pieces) {
        var text = new StringBuilder();
        for (var i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
