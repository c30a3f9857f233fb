package dev.sledge.event;

import java.util.List;
import java.util.Locale;

/** Whether whoever pushed asks for no build. It never counts for tags: a tag is set because its image is wanted. */
public sealed interface SkipMark {
    /** Nothing asks for it. */
    record None() implements SkipMark {}

    /**
     * The message or a push option asks for it.
     *
     * @param marker what was found, {@code [skip ci]}
     */
    record Asked(String marker) implements SkipMark {}

    /** The delivery does not hold the commit's message. */
    record Untold() implements SkipMark {}

    /**
     * The words of GitHub Actions, which hold for Gitea as well; GitLab and Bitbucket know the first two.
     *
     * @see <a href="https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs">skipping workflow runs</a>
     */
    List<String> MARKERS = List.of("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]");

    /** Looks for a marker anywhere in a commit's message, in any case. */
    static SkipMark of(String message) {
        var lower = message.toLowerCase(Locale.ROOT);
        return MARKERS.stream()
                .filter(lower::contains)
                .findFirst()
                .<SkipMark>map(Asked::new)
                .orElseGet(None::new);
    }
}
