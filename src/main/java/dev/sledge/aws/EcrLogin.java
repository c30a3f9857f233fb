package dev.sledge.aws;

import dev.sledge.build.RegistryLogin;
import dev.sledge.build.RegistryUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * The login of the account's own registry. Where that is, its service says with the token, which is good for twelve hours.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html">GetAuthorizationToken</a>
 */
public final class EcrLogin implements RegistryLogin {
    private static final Duration SPARE = Duration.ofHours(1);

    private final EcrClient ecr;
    private final InstantSource clock;
    private @Nullable Login login;

    private record Login(URI endpoint, String authorization, Instant until) {}

    public EcrLogin(EcrClient ecr, InstantSource clock) {
        this.ecr = ecr;
        this.clock = clock;
    }

    /** The registry's scheme and host, {@code https://123456789012.dkr.ecr.eu-central-1.amazonaws.com}. */
    public URI endpoint() {
        return login().endpoint();
    }

    @Override
    public Optional<String> authorization(String registry) {
        var current = login();
        return current.endpoint().getAuthority().equals(registry)
                ? Optional.of(current.authorization())
                : Optional.empty();
    }

    private synchronized Login login() {
        if (login == null || clock.instant().isAfter(login.until())) {
            login = ask();
        }
        return login;
    }

    private Login ask() {
        try {
            var data = ecr.getAuthorizationToken().authorizationData().getFirst();
            return new Login(
                    URI.create(data.proxyEndpoint()),
                    "Basic " + data.authorizationToken(),
                    data.expiresAt().minus(SPARE));
        } catch (SdkException e) {
            throw new RegistryUnavailableException(
                    "ECR gives no login; check that ecr:GetAuthorizationToken is allowed: " + e.getMessage(), e);
        }
    }
}
