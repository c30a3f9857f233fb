package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.plan.Exports;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a build says of its cache outside of the log of the build itself.
 *
 * @param checks the text of {@link #CHECKS}
 * @param firstAttempt the text of {@link #FIRST_ATTEMPT}
 * @param keep the text of {@link #KEEP}
 * @param frozen the text of {@link FrozenReport#FILE}; each is empty if there is none
 */
public record CacheLogs(String checks, String firstAttempt, String keep, String frozen) {
    /** The log of what was written to the cache after the image was there. */
    public static final String KEEP = "keep.jsonl";

    /** What the caches answered before the build: a line of JSON each. */
    public static final String CHECKS = "check.jsonl";

    /** The log of a build that broke over its cache, and was done again without. */
    public static final String FIRST_ATTEMPT = "buildkit-1.jsonl";

    /** What the buildspec adds when a cache was not written. */
    private static final Pattern NOT_KEPT = Pattern.compile("\\{\"not_kept\":(?<status>\\d+)}");

    /** Of {@code timeout}, when the time was over. */
    private static final String TIMED_OUT = "124";

    /** What the buildspec adds when the engine could not write all. */
    private static final String LAST_STAGE_ONLY = "{\"last_stage_only\":true}";

    /** What the buildspec adds when the classic builder built, though the plan has a cache of BuildKit's. */
    private static final String NO_BUILDKIT = "{\"no_buildkit\":true}";

    /** What the buildspec adds when a stage's image has no record of its layers. */
    private static final Pattern NO_RECORD = Pattern.compile("\\{\"no_record\":\"(?<stage>[^\"]*)\"}");

    /** What the buildspec says of the engine. */
    private static final Pattern EXPORTS = Pattern.compile("\\{\"exports\":\"(?<what>all|inline|none)\"}");

    private static final JsonMapper JSON = new JsonMapper();

    /** A build that said nothing. */
    public static CacheLogs none() {
        return new CacheLogs("", "", "", "");
    }

    /** All that is known of the cache of the build with {@code log}. */
    CacheReport report(BuildLog log) {
        var faults = new ArrayList<>(log.cacheFaults());
        faults.addAll(ofReading(checks));
        faults.addAll(ofFirstAttempt(firstAttempt));
        if (checks.contains(NO_BUILDKIT)) {
            faults.add(
                    "no cache was read or written: the build's container has no BuildKit (docker buildx), so the classic"
                            + " builder built the image");
        }
        if (checks.contains(LAST_STAGE_ONLY)) {
            faults.add(
                    "only the layers of the last stage were kept: this engine exports no cache, and no builder of its own"
                            + " could be started");
        }
        faults.addAll(ofKeeping(keep));
        var ofEngine = FrozenReport.read(frozen);
        faults.addAll(ofEngine.faults());
        return new CacheReport(
                faults,
                ofEngine,
                exports(checks),
                log.cacheRead(),
                BuildKitLog.read(keep).busy());
    }

    private static Exports exports(String checks) {
        var told = EXPORTS.matcher(checks);
        return told.find() ? Exports.valueOf(told.group("what").toUpperCase(Locale.ROOT)) : Exports.ALL;
    }

    /**
     * What kept a cache from being read. One that is not there is no fault: nothing may have written it yet.
     *
     * @param checks the text of {@link #CHECKS}; empty if nothing was to be read
     */
    static List<String> ofReading(String checks) {
        return checks.lines().flatMap(line -> check(line).stream()).toList();
    }

    private static Optional<String> check(String line) {
        try {
            var check = JSON.readTree(line);
            var answer = check.path("answer").asText();
            if (check.path("status").asInt() == 0 || answer.endsWith(": not found")) {
                return Optional.empty();
            }
            var cache = check.path("cache").asText();
            return Optional.of(
                    check.path("status").asText().equals(TIMED_OUT)
                            ? "the cache " + cache + " was not read: there was no answer within ten seconds"
                            : "the cache " + cache + " was not read: "
                                    + (answer.isEmpty()
                                            ? "exit status "
                                                    + check.path("status").asText()
                                            : answer.replaceFirst("^ERROR: ", "")));
        } catch (JsonProcessingException e) {
            return Optional.of("what the build said of its cache cannot be read: " + e.getOriginalMessage());
        }
    }

    /**
     * Faults, each a sentence.
     *
     * @param keep the text of {@link #KEEP}; empty if nothing was to be written
     */
    static List<String> ofKeeping(String keep) {
        var log = BuildKitLog.read(keep);
        var faults = new ArrayList<>(log.cacheFaults());
        NO_RECORD
                .matcher(keep)
                .results()
                .forEach(mark -> faults.add("the image of " + stage(mark.group("stage"))
                        + " was pushed without the record of its layers, by which BuildKit would find them"));
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

    private static String stage(String name) {
        return name.isEmpty() ? "the last stage" : "stage " + name;
    }

    /**
     * The fault that a first attempt is.
     *
     * @param attempt the text of {@link #FIRST_ATTEMPT}; empty if there was none
     */
    static List<String> ofFirstAttempt(String attempt) {
        if (attempt.isEmpty()) {
            return List.of();
        }
        var words = BuildKitLog.read(attempt).lastWords();
        return List.of("the build broke over its cache, and was done again without it"
                + (words.isEmpty() ? "" : ": " + words.getFirst()));
    }
}
