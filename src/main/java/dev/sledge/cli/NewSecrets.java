package dev.sledge.cli;

import dev.sledge.event.Forge;
import dev.sledge.pipeline.Connection.SecretKind;
import dev.sledge.webhook.WebhookSecret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The secrets that {@code sledge connect} makes, of 256 random bits. */
enum NewSecrets implements SecretKind {
    /** Text that a forge signs with. */
    PLAIN {
        @Override
        String written(byte[] random) {
            return HexFormat.of().formatHex(random);
        }

        @Override
        public boolean fits(WebhookSecret secret) {
            return !secret.reveal().startsWith(SIGNING_TOKEN);
        }
    },
    /**
     * What GitLab signs with.
     *
     * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
     */
    SIGNING {
        @Override
        String written(byte[] random) {
            return SIGNING_TOKEN + Base64.getEncoder().encodeToString(random);
        }

        @Override
        public boolean fits(WebhookSecret secret) {
            return secret.reveal().startsWith(SIGNING_TOKEN);
        }
    };

    private static final String SIGNING_TOKEN = "whsec_";
    private static final int BYTES = 32;

    /** @param plainToken whether GitLab is to send its secret along, since it cannot sign */
    static NewSecrets of(Forge forge, boolean plainToken) {
        return switch (forge) {
            case GITLAB -> plainToken ? PLAIN : SIGNING;
            case GITHUB, GITEA, BITBUCKET, BITBUCKET_DC -> PLAIN;
        };
    }

    abstract String written(byte[] random);

    @Override
    public WebhookSecret create() {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new WebhookSecret(written(random));
    }
}
