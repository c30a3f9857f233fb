package dev.sledge.settings;

import java.util.List;

/** Which refs of a repository are built, the {@code on} key of {@code sledge.yml}. */
public record Triggers(List<RefPattern> branches, List<RefPattern> tags, PullRequests pullRequests) {
    private static final List<RefPattern> EVERYTHING = List.of(new RefPattern("**"));

    /** Where nothing is said: what is pushed is built. A pull request's branch was pushed, so it is built already. */
    public static final Triggers DEFAULT = new Triggers(EVERYTHING, EVERYTHING, PullRequests.NONE);

    public Triggers {
        branches = List.copyOf(branches);
        tags = List.copyOf(tags);
    }

    /** Which pull requests are built beside the pushes of their branches. */
    public enum PullRequests {
        NONE("none"),
        SAME_REPOSITORY("same-repository"),
        /** Those of forks too, whose builds push nothing. */
        ALL("all");

        private final String written;

        PullRequests(String written) {
            this.written = written;
        }

        /** As {@code sledge.yml} writes it. */
        public String written() {
            return written;
        }
    }

    public boolean branch(String name) {
        return branches.stream().anyMatch(pattern -> pattern.matches(name));
    }

    public boolean tag(String name) {
        return tags.stream().anyMatch(pattern -> pattern.matches(name));
    }
}
