package dev.sledge.webhook;

import dev.sledge.webhook.WebhookSecret.Algorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * GitLab's two ways. A signing token ({@code whsec_…}) signs id, time and body as Standard Webhooks do. A plain secret only comes along as
 * {@code X-Gitlab-Token}: it says who sent the request, not that nobody changed it. For a repository that a signing token speaks for only
 * signatures count, or an attacker would choose the weaker way.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard Webhooks</a>
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">webhooks of GitLab</a>
 */
final class GitLabProof implements Proof {
    private static final String SIGNING_TOKEN = "whsec_";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final InstantSource clock;

    private GitLabProof(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A proof by secrets of either kind.
     *
     * @throws IllegalArgumentException if a signing token has no key
     */
    static GitLabProof of(List<SharedSecret> secrets, InstantSource clock) {
        secrets.stream().map(SharedSecret::secret).filter(GitLabProof::signs).forEach(GitLabProof::key);
        return new GitLabProof(clock);
    }

    private static boolean signs(WebhookSecret secret) {
        return secret.reveal().startsWith(SIGNING_TOKEN);
    }

    private static byte[] key(WebhookSecret token) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(token.reveal().substring(SIGNING_TOKEN.length()));
        } catch (IllegalArgumentException e) {
            // Without its cause, which quotes characters of the token.
            throw noKey();
        }
        if (key.length == 0) {
            throw noKey();
        }
        return key;
    }

    private static IllegalArgumentException noKey() {
        return new IllegalArgumentException("a signing token must be " + SIGNING_TOKEN + " and the base64 of a key");
    }

    @Override
    public Proving prove(WebhookRequest request, List<SharedSecret> secrets) {
        var signing = secrets.stream().filter(shared -> signs(shared.secret())).toList();
        var plain = secrets.stream()
                .filter(shared ->
                        signing.stream().noneMatch(token -> token.repositories().overlap(shared.repositories())))
                .toList();
        var isSigned = !request.header("webhook-signature").isEmpty();
        return plain.isEmpty() || (isSigned && !signing.isEmpty())
                ? signature(request, signing)
                : token(request, plain);
    }

    private Proving signature(WebhookRequest request, List<SharedSecret> secrets) {
        var id = request.header("webhook-id");
        var time = request.header("webhook-timestamp");
        var signatures = request.header("webhook-signature");
        if (id.size() != 1 || time.size() != 1 || signatures.size() != 1) {
            return new Proving.Unproved(
                    "headers webhook-id, webhook-timestamp and webhook-signature must come once; the webhook needs the signing token");
        }
        if (!SECONDS.matcher(time.getFirst()).matches()) {
            return new Proving.Unproved("header webhook-timestamp is no time in seconds");
        }
        var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time.getFirst())), clock.instant());
        if (age.abs().compareTo(TOLERANCE) > 0) {
            return new Proving.Unproved(
                    "webhook-timestamp is more than five minutes off; is this machine's clock right?");
        }
        var signed = signedBytes(id.getFirst(), time.getFirst(), request.body());
        var by = secrets.stream()
                .filter(shared -> matches(key(shared.secret()), signed, signatures.getFirst()))
                .toList();
        return by.isEmpty()
                ? new Proving.Unproved(
                        "webhook-signature does not match the body; the webhook's signing token and ours differ")
                : new Proving.Proved(by);
    }

    private static byte[] signedBytes(String id, String time, Body body) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body.bytes());
        return bytes.toByteArray();
    }

    /** The header lists one signature a key, each with the version of the scheme. */
    private static boolean matches(byte[] key, byte[] signed, String header) {
        var expected = ("v1," + Base64.getEncoder().encodeToString(WebhookSecret.hmac(Algorithm.SHA256, key, signed)))
                .getBytes(StandardCharsets.UTF_8);
        return Arrays.stream(header.split(" "))
                .anyMatch(given -> MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8)));
    }

    private static Proving token(WebhookRequest request, List<SharedSecret> secrets) {
        var tokens = request.header("X-Gitlab-Token");
        if (tokens.size() != 1) {
            return new Proving.Unproved(
                    tokens.isEmpty()
                            ? "header X-Gitlab-Token is missing; set a secret on the webhook"
                            : "header X-Gitlab-Token came " + tokens.size() + " times; one is allowed");
        }
        // Hashes have one length: the time of comparing them tells nothing of the secret's. GitLab drops line breaks.
        var given = Body.utf8(tokens.getFirst()).sha256();
        var by = secrets.stream()
                .filter(shared -> MessageDigest.isEqual(
                        Body.utf8(shared.secret().reveal().replaceAll("[\\r\\n]", ""))
                                .sha256(),
                        given))
                .toList();
        return by.isEmpty()
                ? new Proving.Unproved("X-Gitlab-Token is not the webhook's secret")
                : new Proving.Proved(by);
    }
}
