package dev.sledge.forge;

import dev.sledge.event.Forge;
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
            return value.contains(":") ? basic(value) : "Bearer " + value;
        }

        /**
         * The same for a forge's git, which takes tokens as passwords; the user's name in front of it is the forge's own.
         *
         * @see <a href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation">GitHub</a>
         * @see <a href="https://docs.gitlab.com/topics/git/clone/#clone-using-a-token">GitLab</a>
         * @see <a href="https://support.atlassian.com/bitbucket-cloud/docs/using-api-tokens/">Bitbucket Cloud</a>
         * @see <a href="https://confluence.atlassian.com/bitbucketserver/http-access-tokens-939515499.html">Bitbucket Data Center</a>
         */
        String gitAuthorization(Forge forge) {
            return switch (forge) {
                case GITHUB, GITLAB, GITEA, BITBUCKET -> basic(gitUser(forge) + ":" + password());
                case BITBUCKET_DC -> authorization();
            };
        }

        /** The user's name with which a forge's git takes this token as a password. */
        String gitUser(Forge forge) {
            return switch (forge) {
                case GITHUB -> "x-access-token";
                case GITLAB, GITEA -> "oauth2";
                case BITBUCKET -> value.contains(":") ? "x-bitbucket-api-token-auth" : "x-token-auth";
                case BITBUCKET_DC -> value.contains(":") ? value.substring(0, value.indexOf(':')) : "x-token-auth";
            };
        }

        private String password() {
            return value.substring(value.indexOf(':') + 1);
        }

        private static String basic(String userAndPassword) {
            return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "ForgeToken[…]";
        }
    }
}
