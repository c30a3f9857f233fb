package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.aws.SecretsManagerKeeper;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.forge.ForgeSite;
import dev.sledge.forge.Forges;
import dev.sledge.local.SecretFile;
import dev.sledge.pipeline.Connection;
import dev.sledge.pipeline.Connection.Intention;
import dev.sledge.pipeline.Connection.Renewal;
import dev.sledge.pipeline.RepositoryHooks.Target;
import dev.sledge.webhook.SecretKeeper;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sledge connect}: registers the webhook of a repository at its forge. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = {
            "Registers the webhook of a repository at its forge, with a secret of its own.",
            "Says what it would do; --yes does it. Doing it again changes nothing."
        },
        footer = {
            "",
            "The token is taken from SLEDGE_GITHUB_TOKEN, the site of a forge of your own from",
            "SLEDGE_GITHUB_URL, and so on for GITLAB, BITBUCKET, BITBUCKET_DC and GITEA."
        })
final class ConnectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OWNER/REPO", description = "The repository, by its full name.")
    private String name = "";

    @Option(
            names = "--forge",
            paramLabel = "FORGE",
            defaultValue = "github",
            description = "github, gitlab, bitbucket, bitbucket-dc or gitea; ${DEFAULT-VALUE} unless said otherwise.")
    private String forge = "github";

    @Option(
            names = "--hook",
            paramLabel = "URL",
            required = true,
            description = "Where deliveries go: an output of the deployed stack.")
    private String hook = "";

    @Option(
            names = "--secret-id",
            paramLabel = "ARN",
            description =
                    "Keep the secret in Secrets Manager, where the function reads it, instead of in a file of yours.")
    @Nullable
    private String secretId;

    @Option(names = "--renew", description = "Make a new secret; the one before it stays good until the next time.")
    private boolean renew;

    @Option(
            names = "--plain-token",
            description =
                    "For a GitLab that has no signing tokens: it sends the secret along, which tells who sends a delivery and not that nobody changed it.")
    private boolean plainToken;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Answering answering;

    @Override
    public Integer call() {
        var site = site();
        var url = url();
        var repository = new Repository(site.host(), name);
        var connection = new Connection(new Forges(List.of(site)), keeper(), NewSecrets.of(site.forge(), plainToken));
        return switch (connection.intend(repository, url, renew ? Renewal.RENEW : Renewal.KEEP)) {
            case Intention.Nothing() ->
                say(
                        repository,
                        url,
                        "nothing",
                        "the webhook of " + repository + " to " + url + " is there; nothing is to be done\n");
            case Intention.Register register -> {
                if (yes) {
                    connection.carryOut(repository, url, register);
                }
                yield say(
                        repository,
                        url,
                        yes ? "done" : "asked",
                        words(register, repository, url) + (yes ? "done\n" : "nothing was changed; --yes does it\n"));
            }
        };
    }

    /** @param outcome for a program: {@code nothing} to do, {@code done}, or {@code asked} for --yes */
    private int say(Repository repository, URI url, String outcome, String words) {
        if (answering.json) {
            answering.print(new JsonMapper()
                    .createObjectNode()
                    .put("repository", repository.fullName())
                    .put("hook", url.toString())
                    .put("outcome", outcome));
        } else {
            answering.print(words);
        }
        return ExitCode.DONE.status();
    }

    private static String words(Intention.Register register, Repository repository, URI url) {
        var what = switch (register.target()) {
            case Target.New() -> "make a webhook of ";
            case Target.Existing existing -> "change the webhook of ";
        };
        var secret = switch (register.secret()) {
            case KEPT -> "the secret that is kept";
            case NEW -> "a new secret";
        };
        return what + repository + " to " + url + ", with " + secret + ": " + register.why() + "\n";
    }

    private ForgeSite site() {
        var kind = Forge.ofRoute(forge)
                .orElseThrow(() -> new UserErrorException(
                        "'" + forge + "' is none of github, gitlab, bitbucket, bitbucket-dc, gitea"));
        return new ForgeEnvironment(System.getenv())
                .forgeSite(kind)
                .orElseThrow(() -> new UserErrorException(
                        "set SLEDGE_" + kind.name() + "_URL to the address of your site, https://git.example.com"));
    }

    private URI url() {
        try {
            var url = URI.create(hook);
            if (url.getHost() == null) {
                throw new IllegalArgumentException("no host");
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new UserErrorException("--hook '" + hook + "' is no address; write https://…/hook/" + forge);
        }
    }

    private SecretKeeper keeper() {
        return secretId == null ? SecretFile.of(System.getenv()) : SecretsManagerKeeper.of(secretId);
    }
}
