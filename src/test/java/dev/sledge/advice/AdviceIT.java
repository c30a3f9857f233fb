package dev.sledge.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.StepOutcome.Hit;
import dev.sledge.build.StepOutcome.Ran;
import dev.sledge.local.BuildEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Advice on a real BuildKit: the cost that a finding reports is there, and when its fix is pasted it is gone.
 *
 * <p>Each case is a project with a mistake in its Dockerfile. What is a hit is told by BuildKit; whether something was fetched is told by
 * the package manager itself, in its own words.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdviceIT {
    private static final Path CASES = Path.of("src/test/resources/advice-proof");

    /** The cases, each with the file that holds its greeting. */
    private static final Map<String, String> SOURCES = Map.of(
            "dc01-cargo", "src/main.rs",
            "dc01-npm", "index.js",
            "dc01-maven", "src/main/java/hello/Hello.java",
            "dc01-pip", "hello.py",
            "dc01-go", "main.go",
            "dc04-pip", "hello.py",
            "dc05-go", "main.go");

    @TempDir
    static Path directory;

    private final Map<String, Future<ProofProject>> built = new ConcurrentHashMap<>();
    private BuildEngine engine;

    /** Builds every project for the first time, all at once: most of that time is spent on the tools that they need. */
    @BeforeAll
    void start() {
        engine = BuildEngine.start(System.getenv(), directory, System.out::println);
        try (var builds = Executors.newVirtualThreadPerTaskExecutor()) {
            SOURCES.forEach((name, source) -> built.put(name, builds.submit(() -> {
                var project = ProofProject.create(engine, CASES.resolve(name), directory.resolve(name), source);
                var first = project.build(revision(project));
                System.out.printf("%s: first build %.1f s%n", name, seconds(first.took()));
                return project;
            })));
        }
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, delimiter = ';', textBlock = """
            CASE;       FETCHES;                          SAYS
            dc01-cargo; Download|Compiling (?!hello );    42
            dc01-npm;   added \\d+ package;                Saturday
            dc01-maven; Download(ed|ing) from;            even
            dc01-pip;   Collecting|Downloading;           JINJA
            dc01-go;    go: downloading;                  Gopher
            """)
    void dependenciesAreFetchedOnceWhenTheirManifestsAreCopiedFirst(String name, String fetches, String says)
            throws Exception {
        var project = project(name);
        var finding = project.finding("DC01");
        project.greet("servus");
        var before = project.build();
        assertThat(before.outcome(Pasting.installLine(finding))).isInstanceOf(Ran.class);
        assertThat(before.printed()).containsPattern(fetches);

        project.write(
                "Dockerfile", Pasting.inPlace(project.review().dockerfile(), project.read("Dockerfile"), finding));
        project.commit();
        assertThat(project.findings("DC01")).isEmpty();
        int install = project.lineOf(firstRun(finding));
        project.build();

        project.greet("salut");
        var after = project.build();
        assertThat(after.outcome(install)).isInstanceOf(Hit.class);
        assertThat(after.printed()).doesNotContainPattern(fetches);
        assertThat(project.output()).isEqualTo("salut " + says);
        report(name, "a changed source line", before, after);
    }

    private static String firstRun(Finding finding) {
        return finding.fix()
                .lines()
                .filter(line -> line.startsWith("RUN "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anInstallIsNotRunAgainForTheNextCommitsIdWhenThatIsDeclaredBelow() throws Exception {
        var project = project("dc04-pip");
        var install = "RUN pip install --no-cache-dir -r requirements.txt";
        project.commit();
        var before = project.build(revision(project));
        assertThat(before.outcome(project.lineOf(install))).isInstanceOf(Ran.class);
        assertThat(before.printed()).contains("Collecting");

        project.write("Dockerfile", Pasting.moved(project.read("Dockerfile"), project.finding("DC04")));
        project.commit();
        assertThat(project.findings("DC04")).isEmpty();
        project.build(revision(project));

        project.greet("salut");
        var after = project.build(revision(project));
        assertThat(after.outcome(project.lineOf(install))).isInstanceOf(Hit.class);
        assertThat(after.printed()).doesNotContain("Collecting");
        assertThat(project.output()).isEqualTo("salut " + project.head());
        report("dc04-pip", "the next commit's id", before, after);
    }

    @Test
    void aFreshCloneOfTheSameCommitHitsTheCacheWhenGitsFilesAreLeftOut() throws Exception {
        var project = project("dc05-go");
        int compile = project.lineOf("RUN CGO_ENABLED=0 go build -o /usr/local/bin/hello .");
        var clone = project.cloned(directory.resolve("dc05-go-clone"));
        assertThat(clone.head()).isEqualTo(project.head());
        var before = clone.build();
        assertThat(before.outcome(compile)).isInstanceOf(Ran.class);

        var ignore = Pasting.newFile(project.finding("DC05"));
        project.write(ignore.name(), ignore.content());
        project.commit();
        assertThat(project.findings("DC05")).isEmpty();
        assertThat(project.build().outcome(compile)).isInstanceOf(Ran.class);

        var next = project.cloned(directory.resolve("dc05-go-next-clone"));
        var after = next.build();
        assertThat(after.outcome(compile)).isInstanceOf(Hit.class);
        assertThat(next.output()).isEqualTo("hello Gopher");

        next.greet("salut");
        assertThat(next.build().outcome(compile)).isInstanceOf(Ran.class);
        assertThat(next.output()).isEqualTo("salut Gopher");
        report("dc05-go", "a fresh clone", before, after);
    }

    /** The project of a case, or why its first build failed. */
    private ProofProject project(String name) throws Exception {
        return Objects.requireNonNull(built.get(name), name).get();
    }

    private static String revision(ProofProject project) throws Exception {
        return "--build-arg=GIT_SHA=" + project.head();
    }

    private static void report(String name, String what, ProofBuild before, ProofBuild after) {
        System.out.printf(
                "%s: %s took %.1f s before the fix, %.1f s after%n",
                name, what, seconds(before.took()), seconds(after.took()));
    }

    private static double seconds(Duration took) {
        return took.toMillis() / 1000.0;
    }
}
