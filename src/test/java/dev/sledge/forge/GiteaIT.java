package dev.sledge.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatus.State;
import dev.sledge.cli.TestRepository;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import dev.sledge.pipeline.RepositoryHooks.Target;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceFilesContract;
import dev.sledge.source.SourceUnavailableException;
import dev.sledge.webhook.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The client of Gitea against the real thing; a repository that only its owner sees, and git's own word on what is in it. */
class GiteaIT extends SourceFilesContract {
    @RegisterExtension
    static final RunningGitea GITEA = new RunningGitea();

    private static int count;

    @TempDir
    Path directory;

    private Forges forges;
    private Repository repository;
    private TestRepository git;

    @BeforeEach
    void create() throws Exception {
        forges = new Forges(List.of(GITEA.site()));
        repository = GITEA.create("r" + count++, true);
        git = TestRepository.create(directory, "gitea");
    }

    private CommitId push(String... refs) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("push", "--quiet", "--force", GITEA.remote(repository)));
        command.addAll(List.of(refs));
        git.git(command.toArray(String[]::new));
        return new CommitId(git.git("rev-parse", "HEAD"));
    }

    @Override
    protected SourceFiles files() {
        return forges;
    }

    @Override
    protected Repository repository() {
        return repository;
    }

    @Override
    protected CommitId commit(Map<String, byte[]> files) {
        try {
            git.commitOnly(files);
            return push("HEAD:refs/heads/main");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> told(CommitId commit) {
        return forges.tree(repository, commit).entries().entrySet().stream()
                .map(entry ->
                        entry.getValue().mode().octal() + " " + entry.getValue().object() + " " + entry.getKey())
                .sorted()
                .toList();
    }

    @Test
    void theTreeIsGitsOwn() throws Exception {
        git.write("Dockerfile", "FROM scratch\n")
                .write("web/naïve name.txt", "x")
                .write("run.sh", "#!/bin/sh\n");
        assertThat(directory.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(directory.resolve("link"), Path.of("web"));
        git.commit();
        var commit = push("HEAD:refs/heads/main");
        assertThat(told(commit)).isEqualTo(git.listed()).hasSize(4);
    }

    @Test
    void aTreeOfManyPagesIsWhole() throws Exception {
        for (var i = 0; i < 2_500; i++) {
            git.write("d" + i % 50 + "/f" + i, "content of " + i + "\n");
        }
        git.commit();
        var commit = push("HEAD:refs/heads/main");
        assertThat(told(commit)).isEqualTo(git.listed()).hasSize(2_500);
    }

    @Test
    void aRevisionIsACommitWithItsMessage() throws Exception {
        git.write("a", "1").commit();
        var commit = push("HEAD:refs/heads/main", "HEAD:refs/heads/feature/x-y");
        assertThat(forges.find(repository, "feature/x-y").id()).isEqualTo(commit);
        assertThat(forges.find(repository, commit.hex().substring(0, 12)).id()).isEqualTo(commit);
        assertThat(forges.find(repository, commit.hex()).message().strip()).isEqualTo("x");
        assertThat(forges.defaultBranch(repository)).isEqualTo(new GitRef.Branch("main"));
    }

    @Test
    void statusesStandBesideTheCommit() throws Exception {
        git.write("a", "1").commit();
        var commit = push("HEAD:refs/heads/main");
        for (var state : State.values()) {
            forges.tell(
                    repository,
                    new GitRef.Branch("main"),
                    commit,
                    new CommitStatus(state, "sledge/" + state, "👋".repeat(300), Optional.empty()));
        }
        var told = GITEA.api("GET", "/repos/" + repository + "/commits/" + commit + "/statuses?sort=oldest", "");
        assertThat(told).hasSize(State.values().length);
        assertThat(told.findValuesAsText("status"))
                .containsExactlyInAnyOrder("pending", "pending", "success", "failure", "error", "error");
    }

    @Test
    void aWebhookIsMadeOnceAndPutRight() throws Exception {
        var url = URI.create("http://127.0.0.1:9/hook/gitea");
        forges.register(repository, new Registration(new Target.New(), url, new WebhookSecret("one")));
        var made = forges.list(repository).getFirst();
        assertThat(made.url()).isEqualTo(url);
        assertThat(made.complete()).isTrue();
        GITEA.api("PATCH", "/repos/" + repository + "/hooks/" + made.id(), "{\"active\":false,\"events\":[\"push\"]}");
        assertThat(forges.list(repository).getFirst().complete()).isFalse();
        forges.register(repository, new Registration(new Target.Existing(made.id()), url, new WebhookSecret("two")));
        assertThat(forges.list(repository)).containsExactly(made);
    }

    @Test
    void nobodyInParticularSeesNothing() throws Exception {
        git.write("a", "1").commit();
        var commit = push("HEAD:refs/heads/main");
        var anonymous = new Forges(
                List.of(ForgeSite.of(dev.sledge.event.Forge.GITEA, GITEA.url(), new ForgeToken.Anonymous())));
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> anonymous.read(repository, commit, "a"))
                .withMessageContaining("it needs read:repository");
        assertThat(anonymous.gitEnvironment(repository)).isEmpty();
    }

    /** As a build does, whose variable CodeBuild sets. */
    @Test
    void gitFetchesWithATokenThatStandsInNoSetting() throws Exception {
        git.write("a", "1").commit();
        var commit = push("HEAD:refs/heads/main");
        var settings = forges.gitEnvironment(repository, "THE_TOKEN");
        assertThat(settings.values()).noneMatch(value -> value.contains(GITEA.token()));
        var fetch =
                new ProcessBuilder("git", "ls-remote", forges.remote(repository).toString()).redirectErrorStream(true);
        fetch.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "GIT_CONFIG_SYSTEM",
                        "/dev/null",
                        "GIT_TERMINAL_PROMPT",
                        "0"));
        fetch.environment().putAll(settings);
        var refused = fetch.start();
        assertThat(refused.waitFor()).isNotZero();
        fetch.environment().put("THE_TOKEN", GITEA.token());
        var fetched = fetch.start();
        assertThat(fetched.inputReader().lines()).contains(commit + "\trefs/heads/main");
        assertThat(fetched.waitFor()).isZero();
    }

    @Test
    void gitFetchesWithTheToken() throws Exception {
        git.write("a", "1").commit();
        var commit = push("HEAD:refs/heads/main");
        var fetch = new ProcessBuilder(
                        "git",
                        "-c",
                        "credential.helper=",
                        "ls-remote",
                        forges.remote(repository).toString())
                .redirectErrorStream(true);
        fetch.environment().put("GIT_TERMINAL_PROMPT", "0");
        var refused = fetch.start();
        assertThat(refused.waitFor()).isNotZero();
        fetch.environment().putAll(forges.gitEnvironment(repository));
        var fetched = fetch.start();
        assertThat(fetched.inputReader().lines()).contains(commit + "\trefs/heads/main");
        assertThat(fetched.waitFor()).isZero();
    }
}
