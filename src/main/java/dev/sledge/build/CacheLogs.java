package dev.sledge.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What builds say of their cache outside of the log of the build itself. */
public final class CacheLogs {
    /** The log of what was written to the cache after the image was there. */
    public static final String KEEP = "keep.jsonl";

    /** The log of a build that broke over its cache, and was done again without. */
    public static final String FIRST_ATTEMPT = "buildkit-1.jsonl";

    /** What the buildspec adds when a cache was not written. */
    private static final Pattern NOT_KEPT = Pattern.compile("\\{\"not_kept\":(?<status>\\d+)}");

    /** Of {@code timeout}, when the time was over. */
    private static final String TIMED_OUT = "124";

    private CacheLogs() {}

    /**
     * Faults, each a sentence.
     *
     * @param keep the text of {@link #KEEP}; empty if nothing was to be written
     */
    public static List<String> ofKeeping(String keep) {
        var log = BuildKitLog.read(keep);
        var faults = new ArrayList<>(log.cacheFaults());
        NOT_KEPT.matcher(keep).results().forEach(mark -> {
            if (mark.group(1).equals(TIMED_OUT)) {
                faults.add("the cache was not written: it took more than ten minutes, and was given up");
            } else if (log.cacheFaults().isEmpty()) {
                var words = log.lastWords();
                faults.add("the cache was not written" + (words.isEmpty() ? "" : ": " + words.getFirst()));
            }
        });
        return faults;
    }

    /**
     * The fault that a first attempt is.
     *
     * @param attempt the text of {@link #FIRST_ATTEMPT}; empty if there was none
     */
    public static List<String> ofFirstAttempt(String attempt) {
        if (attempt.isEmpty()) {
            return List.of();
        }
        var words = BuildKitLog.read(attempt).lastWords();
        return List.of("the build broke over its cache, and was done again without it"
                + (words.isEmpty() ? "" : ": " + words.getFirst()));
    }
}
