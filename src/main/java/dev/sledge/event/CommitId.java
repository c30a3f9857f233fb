package dev.sledge.event;

import java.util.regex.Pattern;

/** A full commit hash: 40 (SHA-1) or 64 (SHA-256) lowercase hex digits, never abbreviated. */
public record CommitId(String hex) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public CommitId {
        if (!HASH.matcher(hex).matches()) {
            throw new IllegalArgumentException("commit id '" + hex + "' must be 40 or 64 lowercase hex digits");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
