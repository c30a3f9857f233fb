package dev.sledge.event;

import java.util.Optional;
import java.util.regex.Pattern;

/** A commit as some deliveries name it: a hash that may be cut, 7 to 64 lowercase hex digits. Bitbucket Cloud cuts those of pull requests to 12. */
public record CommitName(String hex) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{7,64}");

    public CommitName {
        if (!HASH.matcher(hex).matches()) {
            throw new IllegalArgumentException("a commit's name must be 7 to 64 lowercase hex digits");
        }
    }

    /** The commit itself, if nothing is cut. */
    public Optional<CommitId> full() {
        return hex.length() == 40 || hex.length() == 64 ? Optional.of(new CommitId(hex)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
