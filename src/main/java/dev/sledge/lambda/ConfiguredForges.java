package dev.sledge.lambda;

import dev.sledge.aws.SecretsManagerTokens;
import dev.sledge.build.CommitStatuses;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.forge.ForgeSite;
import dev.sledge.forge.ForgeToken;
import dev.sledge.forge.Forges;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The forges that {@code template.yaml} names, each with its site and the id of the secret that holds its token. */
record ConfiguredForges(
        Map<Forge, URI> sites, Map<Forge, String> tokenIds, SecretsManagerTokens tokens, SecretsManagerClient client) {
    static ConfiguredForges of(FunctionEnvironment environment, SdkHttpClient http) {
        var client = SecretsManagerClient.builder().httpClient(http).build();
        return new ConfiguredForges(
                environment.sites(),
                environment.ofForges("SLEDGE_TOKEN_"),
                new SecretsManagerTokens(client, Clock.systemUTC()),
                client);
    }

    /** Asks about the secrets without reading them. */
    void prime() {
        tokenIds.values().forEach(arn -> client.describeSecret(describe -> describe.secretId(arn)));
    }

    /** With the tokens that are good now. */
    Forges now() {
        return new Forges(Arrays.stream(Forge.values())
                .flatMap(forge -> Optional.ofNullable(sites.get(forge)).stream()
                        .map(site -> ForgeSite.of(forge, site, token(forge))))
                .toList());
    }

    private ForgeToken token(Forge forge) {
        return Optional.ofNullable(tokenIds.get(forge))
                .flatMap(tokens::read)
                .<ForgeToken>map(ForgeToken.Secret::new)
                .orElseGet(ForgeToken.Anonymous::new);
    }

    /** The id of the secret with the token of a repository's forge, which has one. */
    String tokenId(Repository repository) {
        return Arrays.stream(Forge.values())
                .filter(forge -> sites.containsKey(forge)
                        && Forge.host(Objects.requireNonNull(sites.get(forge))).equals(repository.host()))
                .findFirst()
                .map(tokenIds::get)
                .orElseThrow();
    }

    /** CodeCommit shows no status of a commit; everybody else hears of it. */
    CommitStatuses statuses() {
        return (repository, ref, commit, status) -> {
            if (!isCodeCommit(repository)) {
                now().tell(repository, ref, commit, status);
            }
        };
    }

    static boolean isCodeCommit(Repository repository) {
        return repository.host().startsWith("git-codecommit.");
    }
}
