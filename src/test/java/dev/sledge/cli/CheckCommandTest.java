package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.sledge.advice.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user runs it, on repositories made with the real git. */
class CheckCommandTest {
    private static final String SOURCES_FIRST = """
            FROM node:22
            WORKDIR /app
            COPY . .
            RUN npm ci
            """;

    @TempDir
    Path directory;

    private TestRepository repository;

    @BeforeEach
    void create() throws IOException, InterruptedException {
        repository = TestRepository.create(directory, "check")
                .write("package.json", "{}")
                .write("package-lock.json", "{}")
                .write("src/index.js", "")
                .write(".dockerignore", ".git\n");
    }

    private record Outcome(int status, String out, String err) {}

    private Outcome check(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new ArrayList<>(List.of("check", directory.toString()));
        arguments.addAll(List.of(options));
        int status = Main.commandLine(Interruption.watch())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Outcome(status, out.toString(), err.toString());
    }

    private static JsonNode json(Outcome outcome) throws IOException {
        return new JsonMapper().readTree(outcome.out);
    }

    @Test
    void saysWhatToWriteInstead() throws Exception {
        repository.write("Dockerfile", SOURCES_FIRST).commit();

        var outcome = check();
        assertThat(outcome.status).isZero();
        assertThat(outcome.out).isEqualTo("""
                Dockerfile:3: warning DC01: Line 3 copies the whole context before `npm ci` (line 4); any change of a file runs it again.
                    COPY package-lock.json package.json ./
                    RUN npm ci
                    COPY . .
                1 warning
                """);
    }

    @Test
    void countsTheCommitsThatWouldHaveRunItAgain() throws Exception {
        repository.write("Dockerfile", SOURCES_FIRST).commit();
        for (int i = 0; i < 12; i++) {
            repository
                    .write(i % 4 == 0 ? "package-lock.json" : "src/index.js", "change " + i)
                    .commit();
        }
        assertThat(json(check("--json")).at("/0/message").asText())
                .endsWith("9 of the last 12 commits would have run it again for nothing.");
    }

    @Test
    void readsTheCommitAndNotTheDirectory() throws Exception {
        repository.write("Dockerfile", "FROM node:22\n").commit();
        repository.write("Dockerfile", SOURCES_FIRST);
        assertThat(check().out).isEqualTo("nothing found\n");

        repository.commit().git("checkout", "--quiet", "--detach");
        assertThat(check().out).contains("DC01");
        assertThat(check("--commit", "HEAD~1").out).isEqualTo("nothing found\n");
    }

    @Test
    void jsonHasExactlyTheDocumentedProperties() throws Exception {
        repository.write("Dockerfile", SOURCES_FIRST).commit();

        var list = json(check("--json"));
        assertThat(list.isArray()).isTrue();
        assertThat(list).hasSize(1);
        assertThat(list.get(0).fieldNames())
                .toIterable()
                .containsExactly("rule", "severity", "file", "line", "endLine", "message", "fix");
        assertThat(list.at("/0/rule").asText()).isEqualTo("DC01");
        assertThat(list.at("/0/severity").asText()).isEqualTo("warning");
        assertThat(list.at("/0/line").isInt()).isTrue();
    }

    @Test
    void anUnreadableDockerfileIsAnErrorWithItsLine() throws Exception {
        repository.write("Dockerfile", "FROM node:22\nCOPI . .\n").commit();

        var outcome = check("--json");
        assertThat(outcome.status).isEqualTo(1);
        var found = json(outcome).get(0);
        assertThat(found.path("rule").asText()).isEqualTo("UNKNOWN_INSTRUCTION");
        assertThat(found.path("severity").asText()).isEqualTo("error");
        assertThat(found.path("line").asInt()).isEqualTo(2);
        assertThat(found.path("fix").asText()).contains("COPY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .dockerignore | [      | BAD_IGNORE_PATTERN
            sledge.yml    | imges: | UNKNOWN_SETTING
            """)
    void otherFilesThatTheBuildRefusesAreErrorsToo(String file, String content, String rule) throws Exception {
        repository.write("Dockerfile", "FROM node:22\n").write(file, content).commit();

        var outcome = check("--json");
        assertThat(outcome.status).isEqualTo(1);
        assertThat(json(outcome).findValuesAsText("rule")).containsExactly(rule);
        assertThat(json(outcome).findValuesAsText("file")).containsExactly(file);
    }

    @Test
    void aMissingDockerfileIsAnError() throws Exception {
        repository.commit();
        var outcome = check();
        assertThat(outcome.status).isEqualTo(1);
        assertThat(outcome.out).contains("error DOCKERFILE_MISSING").contains("sledge.yml");
    }

    @Test
    void everyImageIsLookedAtWithItsContextAndIgnoreFile() throws Exception {
        repository
                .write("sledge.yml", """
                        images:
                          - name: web
                            dockerfile: web/Dockerfile
                            context: web
                          - name: tool
                            dockerfile: tool.Dockerfile
                        """)
                .write("web/Dockerfile", SOURCES_FIRST)
                .write("web/package.json", "{}")
                .write("web/src/index.js", "")
                .write("tool.Dockerfile", SOURCES_FIRST)
                .write("tool.Dockerfile.dockerignore", "*\n!package*.json\n")
                .commit();

        var list = json(check("--json"));
        // The tool's own ignore file leaves only manifests; the web's context has no lock file and no .git in it.
        assertThat(list.findValuesAsText("file")).containsExactly("web/Dockerfile");
        assertThat(list.at("/0/fix").asText()).startsWith("COPY package.json ./\n");
    }

    @Test
    void aStageThatAnotherImageNeedsIsUsed() throws Exception {
        var stages = "FROM node:22 AS a\nRUN true\nFROM node:22 AS b\nRUN true\n";
        repository.write("Dockerfile", stages).commit();
        assertThat(json(check("--json")).findValuesAsText("rule")).containsExactly("DC08");

        repository
                .write("sledge.yml", "images:\n  - {name: a, target: a}\n  - {name: b, target: b}\n")
                .commit();
        assertThat(check().out).isEqualTo("nothing found\n");
    }

    @Test
    void sarifIsValidByItsSchema() throws Exception {
        repository
                .write("Dockerfile", SOURCES_FIRST + "ADD https://example.com/a /a\n")
                .write("sledge.yml", "images:\n  - {name: a}\n  - {name: b, dockerfile: 'a b/ü%.txt'}\n")
                .commit();

        var outcome = check("--sarif");
        var sarif = json(outcome);
        assertThat(validate(sarif)).isEmpty();
        assertThat(outcome.status).isEqualTo(1);
        var results = sarif.at("/runs/0/results");
        assertThat(results.findValuesAsText("ruleId")).containsExactly("DOCKERFILE_MISSING", "DC01", "DC12");
        assertThat(results.findValuesAsText("level")).containsExactly("error", "warning", "note");
        assertThat(results.findValuesAsText("uri")).contains("a%20b/%C3%BC%25.txt");
        for (var result : results) {
            var rule = sarif.at("/runs/0/tool/driver/rules")
                    .get(result.path("ruleIndex").asInt());
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
        }
    }

    @Test
    void theSchemaOfSarifRefusesOtherThings() throws Exception {
        var broken = new JsonMapper().readTree("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[]}]}");
        assertThat(validate(broken)).isNotEmpty();
    }

    private static List<String> validate(JsonNode sarif) throws IOException {
        try (var schema = CheckCommandTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema).validate(sarif).stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    /** The escapes of the documentation's table. */
    @Test
    void annotationsAreEscapedForGitHub() {
        assertThat(GitHubAnnotation.of(new Reported(
                        "DC01", Severity.WARNING, "a,b:c%/Dockerfile", 3, 4, "100% sure: a, b", "RUN a\nRUN b\r\n")))
                .isEqualTo("::warning file=a%2Cb%3Ac%25/Dockerfile,line=3,endLine=4,title=DC01::100%25 sure: a, b%0A%0A"
                        + "RUN a%0ARUN b%0D%0A");
    }

    @Test
    void annotationsAreOneALine() throws Exception {
        repository.write("Dockerfile", SOURCES_FIRST).commit();
        assertThat(check("--github").out.lines())
                .singleElement()
                .asString()
                .startsWith("::warning file=Dockerfile,line=3,endLine=3,title=DC01::Line 3 copies")
                .endsWith("%0ACOPY . .");
    }

    @Test
    void twoFormatsAtOnceAreAUsageError() throws Exception {
        repository.write("Dockerfile", SOURCES_FIRST).commit();
        assertThat(check("--json", "--sarif").status).isEqualTo(2);
        assertThat(check("--nonsense").status).isEqualTo(2);
    }

    @Test
    void theHelpNamesFilesStatusAndSilencing() {
        assertThat(check("--help").out)
                .contains(".dockerignore")
                .contains("# sledge ignore=DC06 reason:")
                .contains("Exit status: 0 no errors, 1 there are errors, 2 usage.");
    }

    @Test
    void thePictureShowsTheLinesWithWhatIsWrongBelow() {
        var report = List.of(new Reported(
                "DC01", Severity.WARNING, "Dockerfile", 3, 3, "Line 3 copies too much.", "COPY a ./\nCOPY . ."));
        var text = "FROM x\nWORKDIR /app\nCOPY . .\nRUN printf '\u001b[31m\\t'\n";
        assertThat(new CheckPicture(path -> text).draw(report, false)).isEqualTo("""
                Dockerfile
                    1 │ FROM x
                    2 │ WORKDIR /app
                ▸   3 │ COPY . .
                     ╰─ warning DC01
                        Line 3 copies too much.
                        instead:
                          COPY a ./
                          COPY . .
                        why: docs/advice/DC01.md
                    4 │ RUN printf '?[31m\\t'

                1 warning
                """);
    }

    @Test
    void thePictureOfALongFileLeavesOutWhatIsFarAway() {
        var text = "FROM x\n" + "RUN true\n".repeat(99);
        var report = List.of(new Reported("DC06", Severity.INFO, "Dockerfile", 50, 50, "m", "f"));
        var picture = new CheckPicture(path -> text).draw(report, true);
        assertThat(picture)
                .contains("\u001b[36m▸\u001b[0m  50 │ RUN true")
                .contains("  47 │")
                .doesNotContain("  46 │");
        assertThat(picture.lines().filter(line -> line.contains("┆"))).hasSize(2);
    }
}
