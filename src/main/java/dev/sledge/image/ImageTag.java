package dev.sledge.image;

import java.util.regex.Pattern;

/**
 * A tag of an image: {@code [A-Za-z0-9_][A-Za-z0-9._-]{0,127}}, and the rules by which commits, branches and git tags get theirs.
 *
 * <p>The rules are injective: two refs never share a tag. A name that is a tag already stays readable ({@code main} becomes
 * {@code b-main}, the git tag {@code v1.0.0} stays {@code v1.0.0}); any other gets its characters replaced and 16 hex digits of the
 * SHA-256 of the full ref appended.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests">tag grammar</a>
 */
public record ImageTag(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final Pattern OUTSIDE = Pattern.compile("[^A-Za-z0-9_.-]");
    private static final Pattern ENDS_LIKE_A_HASH = Pattern.compile(".*-h[0-9a-f]{16}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** Tags of branches, of pull requests, of commits and of a build's inputs: a git tag that read the same could pass for one of them. */
    private static final Pattern TAKEN = Pattern.compile("(b|pr|sha|in)-.*");

    private static final int READABLE = 100;

    public ImageTag {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("image tag '" + value + "' must match " + GRAMMAR);
        }
    }

    /** The immutable tag of one commit's image, {@code sha-<hex>}. */
    public static ImageTag ofCommit(String hex) {
        if (!COMMIT.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is no full commit id");
        }
        return new ImageTag("sha-" + hex);
    }

    /** The moving tag of a branch, {@code b-<name>}. */
    public static ImageTag ofBranch(String name) {
        return ofRef("b-" + name, "refs/heads/" + name, false);
    }

    /** The tag of a git tag: its own name where that is an image tag that means nothing else. */
    public static ImageTag ofGitTag(String name) {
        var taken = name.equals("latest") || TAKEN.matcher(name).matches();
        return ofRef(name, "refs/tags/" + name, taken);
    }

    /** The moving tag of a pull request, {@code pr-<number>}. */
    public static ImageTag ofPullRequest(long number) {
        return new ImageTag("pr-" + number);
    }

    private static ImageTag ofRef(String name, String ref, boolean taken) {
        var slug = OUTSIDE.matcher(name).replaceAll("-");
        if (slug.startsWith("-") || slug.startsWith(".")) {
            slug = "_" + slug;
        }
        var readable = slug.equals(name)
                && slug.length() <= READABLE
                && !ENDS_LIKE_A_HASH.matcher(slug).matches()
                && !taken;
        if (readable) {
            return new ImageTag(slug);
        }
        return new ImageTag(slug.substring(0, Math.min(READABLE, slug.length())) + "-h" + hash(ref));
    }

    /** The first 16 hex digits of the SHA-256 of {@code text}: what tells apart names that look alike after replacement. */
    static String hash(String text) {
        return Digest.of(text).hex().substring(0, 16);
    }

    @Override
    public String toString() {
        return value;
    }
}
