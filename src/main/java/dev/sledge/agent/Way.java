package dev.sledge.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way from images in a store to directories, the best one first. */
enum Way {
    LAZY_KERNEL(true, Mounting.KERNEL),
    LAZY_SQUASHFUSE(true, Mounting.SQUASHFUSE),
    WHOLE_KERNEL(false, Mounting.KERNEL),
    WHOLE_SQUASHFUSE(false, Mounting.SQUASHFUSE),
    UNPACKED(false, Mounting.UNPACKED);

    private final boolean isLazy;
    private final Mounting mounting;

    Way(boolean isLazy, Mounting mounting) {
        this.isLazy = isLazy;
        this.mounting = mounting;
    }

    /** Whether blocks come when they are read; else all of them are there before anything is. */
    boolean isLazy() {
        return isLazy;
    }

    Mounting mounting() {
        return mounting;
    }

    /** As records and arguments say it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Those to be tried, in their order.
     *
     * @param from the label of the first one; empty for all
     * @throws UsageException if nothing is called that
     */
    static List<Way> from(String from) {
        var ways = Arrays.stream(values())
                .dropWhile(way -> !from.isEmpty() && !way.label().equals(from))
                .toList();
        if (ways.isEmpty()) {
            throw new UsageException("there is no way to mount called '" + from + "'; use "
                    + Arrays.stream(values()).map(Way::label).collect(Collectors.joining(", ")));
        }
        return ways;
    }
}
