package dev.sledge.build;

import dev.sledge.image.Digest;

/**
 * Names one wish for a build: however often a start with it is tried, one build comes of it.
 *
 * @param value 64 hex digits, as long as CodeBuild's {@code idempotencyToken} may be
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html">StartBuild</a>
 */
public record StartToken(String value) {
    /** The token of the {@code attempt}th time that what {@code claim} names is built. */
    static StartToken of(String claim, int attempt) {
        return new StartToken(Digest.of(claim + "#" + attempt).hex());
    }
}
