package dev.sledge.event;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A ref, split by kind; {@code name} is what follows {@code refs/heads/} or {@code refs/tags/}, or the number of a pull request.
 *
 * <p>Only names that git itself takes, and those with a space, of 1024 characters at most. That is no protection of a shell: {@code a$(id)} is a branch.
 *
 * @see <a href="https://git-scm.com/docs/git-check-ref-format">git check-ref-format</a>
 */
public sealed interface GitRef {
    String name();

    /** The ref as Git writes it, {@code refs/heads/main}; what {@link #parse} takes. */
    String full();

    record Branch(String name) implements GitRef {
        public Branch {
            requireName(name);
        }

        @Override
        public String full() {
            return "refs/heads/" + name;
        }
    }

    record Tag(String name) implements GitRef {
        public Tag {
            requireName(name);
        }

        @Override
        public String full() {
            return "refs/tags/" + name;
        }
    }

    /**
     * The head of a pull request.
     *
     * @param number as the forge counts them, from 1
     */
    record PullRequest(long number, Naming naming) implements GitRef {
        /** How the forge lets git fetch it. */
        public enum Naming {
            /** GitHub, Gitea. */
            PULL("refs/pull/", "/head"),
            /** GitLab. */
            MERGE_REQUEST("refs/merge-requests/", "/head"),
            /** Bitbucket has no ref for it that may be relied on: the number alone. */
            NUMBER("", "");

            private final String before;
            private final String after;

            Naming(String before, String after) {
                this.before = before;
                this.after = after;
            }
        }

        private static final Pattern WRITTEN = Pattern.compile(
                "(?<before>refs/pull/|refs/merge-requests/|)(?<number>[1-9][0-9]{0,17})(?<after>/head|)");

        public PullRequest {
            if (number < 1) {
                throw new IllegalArgumentException("pull requests are counted from 1");
            }
        }

        @Override
        public String name() {
            return String.valueOf(number);
        }

        @Override
        public String full() {
            return naming.before + number + naming.after;
        }

        private static Optional<GitRef> read(String ref) {
            var written = WRITTEN.matcher(ref);
            if (!written.matches()) {
                return Optional.empty();
            }
            return Arrays.stream(Naming.values())
                    .filter(naming -> naming.before.equals(written.group("before"))
                            && naming.after.equals(written.group("after")))
                    .<GitRef>map(naming -> new PullRequest(Long.parseLong(written.group("number")), naming))
                    .findFirst();
        }
    }

    /** Splits what {@link #full} writes; anything else is refused. */
    static GitRef parse(String ref) {
        return PullRequest.read(ref).orElseGet(() -> branchOrTag(ref));
    }

    /** Splits a ref that can be pushed to; anything but a branch or a tag is refused. */
    static GitRef branchOrTag(String ref) {
        if (ref.startsWith("refs/heads/")) {
            return new Branch(ref.substring("refs/heads/".length()));
        }
        if (ref.startsWith("refs/tags/")) {
            return new Tag(ref.substring("refs/tags/".length()));
        }
        throw new IllegalArgumentException("not a branch or tag ref: '" + ref + "' (want refs/heads/… or refs/tags/…)");
    }

    private static void requireName(String name) {
        if (!RefName.isValid(name)) {
            throw new IllegalArgumentException(
                    "a ref's name has 1 to 1024 characters and keeps to git check-ref-format");
        }
    }
}
