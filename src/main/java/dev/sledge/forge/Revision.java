package dev.sledge.forge;

import dev.sledge.event.CommitId;
import dev.sledge.source.Commits.Commit;
import dev.sledge.source.SourceUnavailableException;
import java.util.regex.Pattern;

/** What {@code Commits.find} is asked for: a hash that may be cut, or a branch's name. */
record Revision(String text) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,64}");

    boolean isHash() {
        return HASH.matcher(text).matches();
    }

    /** The commit that a forge answered with, which must be the one that was asked for. */
    Commit found(String id, String message) {
        if (isHash() && !id.startsWith(text)) {
            throw new SourceUnavailableException("the forge answered with another commit than " + text);
        }
        try {
            return new Commit(new CommitId(id), message);
        } catch (IllegalArgumentException e) {
            throw new SourceUnavailableException("the forge named no commit for '" + text + "'", e);
        }
    }
}
