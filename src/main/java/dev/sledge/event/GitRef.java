package dev.sledge.event;

/**
 * A fully qualified Git ref, split by kind; {@code name} is what follows {@code refs/heads/} or {@code refs/tags/}.
 *
 * <p>Only names that git itself takes, and those with a space, of 1024 characters at most. That is no protection of a shell: {@code a$(id)} is a branch.
 *
 * @see <a href="https://git-scm.com/docs/git-check-ref-format">git check-ref-format</a>
 */
public sealed interface GitRef {
    String name();

    /** The ref as Git writes it, {@code refs/heads/main}. */
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

    /** Splits a full ref; anything but a branch or a tag is refused. */
    static GitRef parse(String ref) {
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
