package dev.sledge.advice;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of build arguments whose value is another one in each build. */
final class VolatileName {
    private static final Set<String> NAMES = Set.of(
            "COMMIT",
            "COMMIT_SHA",
            "COMMIT_HASH",
            "COMMIT_ID",
            "COMMIT_REF",
            "COMMIT_SHORT_SHA",
            "COMMIT_DATE",
            "COMMIT_TIME",
            "SHA",
            "SHORT_SHA",
            "GIT_COMMIT",
            "GIT_SHA",
            "GIT_HASH",
            "GIT_REF",
            "GIT_REV",
            "GIT_REVISION",
            "GIT_BRANCH",
            "GIT_DESCRIBE",
            "GITSHA",
            "GITCOMMIT",
            "GITHASH",
            "REVISION",
            "VCS_REF",
            "VCS_REVISION",
            "BUILD_DATE",
            "BUILD_TIME",
            "BUILD_TIMESTAMP",
            "BUILDTIME",
            "BUILDDATE",
            "BUILD_NUMBER",
            "BUILD_NUM",
            "BUILD_ID",
            "BUILD_COMMIT",
            "BUILD_SHA",
            "BUILD_REF",
            "BUILD_REVISION",
            "TIMESTAMP",
            "CREATED",
            "DATE_CREATED",
            "PIPELINE_ID",
            "JOB_ID",
            "RUN_ID",
            "RUN_NUMBER");

    /** Prefixes that speak of the build at hand, not of something that it depends on. */
    private static final Pattern PREFIX = Pattern.compile(
            "(CI|GITHUB|GITLAB|CIRCLE|CODEBUILD|BITBUCKET|TRAVIS|APP|APPLICATION|IMAGE|DOCKER|SOURCE|SRC|PROJECT|SERVICE"
                    + "|RELEASE|VCS|BUILD|GIT)_(.+)");

    /** A pinned version or commit as a default says that the argument is changed by hand. */
    private static final Pattern PINNED = Pattern.compile("[\"']?(v?[0-9]+(\\.[0-9]+)+.*|[0-9a-f]{7,64})[\"']?");

    private VolatileName() {}

    /** Whether {@code name} can only mean what is built now, and {@code standard}, its default, is no pinned value. */
    static boolean is(String name, String standard) {
        var upper = name.toUpperCase(Locale.ROOT);
        var prefix = PREFIX.matcher(upper);
        boolean named = NAMES.contains(upper) || (prefix.matches() && NAMES.contains(prefix.group(2)));
        return named && !PINNED.matcher(standard).matches();
    }
}
