package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What README shows is what the command prints. {@code -Dgolden.update} writes it there. */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final Pattern TRANSCRIPT = Pattern.compile("(?s)```\n\\$ sledge plan\n.*?```");

    private record Run(int status, String output) {}

    private static Run run(String... arguments) {
        var out = new StringWriter();
        var command = Main.commandLine(Interruption.watch());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        return new Run(command.execute(arguments), out.toString());
    }

    /** The example as a repository whose commit is the same wherever and whenever it is made. */
    private static Path example(Path directory) throws IOException, InterruptedException {
        var repository = TestRepository.create(directory, "hello-build");
        for (var file : Example.HELLO_BUILD.files()) {
            repository.write(file, Files.readString(Path.of("examples/hello-build", file)));
        }
        repository.git("remote", "set-url", "origin", "https://github.com/octocat/hello-build.git");
        repository.commit("2026-01-01T00:00:00Z");
        return directory;
    }

    @Test
    void theTranscriptIsWhatPlanPrints(@TempDir Path directory) throws Exception {
        var run = run("plan", example(directory).toString());
        assertThat(run.status()).isZero();
        var transcript = "```\n$ sledge plan\n" + run.output() + "```";

        var readme = Files.readString(README);
        if (Boolean.getBoolean("golden.update")) {
            readme = TRANSCRIPT.matcher(readme).replaceFirst(Matcher.quoteReplacement(transcript));
            Files.writeString(README, readme);
        }
        assertThat(readme).contains(transcript);
    }

    @Test
    void everyCommandStandsInTheReadme() throws IOException {
        var readme = Files.readString(README);
        for (var name : Main.commandLine(Interruption.watch()).getSubcommands().keySet()) {
            assertThat(readme).contains("`sledge " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"demo", "push", "plan", "render codebuild", "stages", "check", "connect", "serve", "doctor"})
    void everyCommandExplainsItself(String command) {
        var run = run((command + " --help").split(" "));
        assertThat(run.status()).isZero();
        assertThat(run.output()).startsWith("Usage: sledge " + command).contains("--json");
        for (var line : run.output().lines().toList()) {
            assertThat(line).hasSizeLessThanOrEqualTo(80);
        }
    }

    @Test
    void aMisspeltCommandIsUsage() {
        assertThat(run("pusch").status()).isEqualTo(2);
        assertThat(run("push", "--nonsense").status()).isEqualTo(2);
        assertThat(run().status()).isEqualTo(2);
    }

    @Test
    void theLinksOfTheDocumentsLeadSomewhere() throws IOException {
        var link = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
        for (var document : List.of(README, Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md"))) {
            var links = link.matcher(Files.readString(document));
            while (links.find()) {
                assertThat(Path.of(links.group(1))).as("%s", document).exists();
            }
        }
    }
}
