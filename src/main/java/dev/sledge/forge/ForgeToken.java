package dev.sledge.forge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a forge's API knows us by; prints as {@code ForgeToken[…]}. Public repositories are read without one. */
public sealed interface ForgeToken {
    /** Nobody in particular. */
    record Anonymous() implements ForgeToken {
        @Override
        public String toString() {
            return "ForgeToken[none]";
        }
    }

    /** A token as the forge gave it. */
    final class Secret implements ForgeToken {
        private final String value;

        public Secret(String value) {
            if (value.isBlank() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("a token has printable characters, without blanks");
            }
            this.value = value;
        }

        /** {@code Bearer …}; a user and a token, joined by a colon, as {@code Basic}. */
        String authorization() {
            return value.contains(":")
                    ? "Basic " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                    : "Bearer " + value;
        }

        @Override
        public String toString() {
            return "ForgeToken[…]";
        }
    }
}
