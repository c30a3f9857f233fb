package dev.sledge.source;

import java.nio.charset.StandardCharsets;

/** What lies at a path of a commit. */
public sealed interface SourceFile {
    /** A regular file's content. */
    final class Found implements SourceFile {
        private final byte[] content;

        public Found(byte[] content) {
            this.content = content.clone();
        }

        public byte[] content() {
            return content.clone();
        }

        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** The commit has no such path. */
    record Missing() implements SourceFile {}

    /** Something is there that is not read as a file. */
    record Unreadable(String why) implements SourceFile {}
}
