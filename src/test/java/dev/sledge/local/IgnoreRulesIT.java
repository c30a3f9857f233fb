package dev.sledge.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.dockerfile.IgnoreFile;
import dev.sledge.dockerfile.IgnoreReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ignore files before a real builder: what is in the image of {@code COPY . /} is what we say is sent. */
class IgnoreRulesIT {
    private static final int GENERATED = 30;
    private static final String[] NAMES = {
        "a",
        "b",
        "ab",
        "abc",
        "a.b",
        "foo",
        "foo.txt",
        "bar",
        "x y",
        ".git",
        ".env",
        "node_modules",
        "src",
        "README.md",
        "a{1}",
        "a|b",
        "[x]",
        "d1",
        "aa",
        "!",
        "#x",
        "$"
    };
    private static final String[] PIECES = {
        "a",
        "b",
        "ab",
        "foo",
        "bar",
        ".",
        "*",
        "**",
        "?",
        "[ab]",
        "[^a]",
        "[a-c]",
        "!",
        "\\*",
        "\\d",
        "/",
        "/**",
        "**/",
        "/*",
        "{1}",
        "{a,b}",
        "|",
        ".txt",
        ".git",
        "node_modules",
        "src",
        "#",
        "../",
        "x y"
    };

    /** A tree with its ignore file, and one beside the Dockerfile where it is not empty. */
    private record Case(String name, List<String> files, String ignore, String own) {}

    @TempDir
    Path directory;

    private final List<Case> cases = new ArrayList<>();

    private void build() throws IOException {
        write();
        generate();
        for (var each : cases) lay(each);
        var scripts = Scripts.install(System.getenv());
        try (var engine = DockerEngine.up(scripts, System.getenv(), what -> {})) {
            var image = engine.buildImage(what -> {});
            var command = new ArrayList<>(List.of("run", "--rm", "--init"));
            command.addAll(Privileges.of(engine, image));
            command.add("--volume=" + directory + ":/cases");
            command.addAll(List.of(image, "bash", "-c", """
                    set -eu
                    start-engine containerd kept
                    for case in /cases/*; do
                      status=0
                      docker buildx build --quiet --file "$case/build/Dockerfile" --output "type=local,dest=$case/out" \
                        "$case/context" > "$case/log" 2>&1 || status=$?
                      echo "$status" > "$case/status"
                    done
                    chmod -R a+rwX /cases
                    """));
            engine.docker(command.toArray(String[]::new));
        }
    }

    /** Shapes that people write, and the corners of the rules. */
    private void write() {
        var files = List.of(
                "Dockerfile",
                "README.md",
                "docs/README.md",
                "docs/a.md",
                "src/main.c",
                "src/main.o",
                "src/x/y.o",
                ".git/HEAD",
                ".env",
                "node_modules/a/b.js",
                "web/node_modules/c/d.js",
                "build/out",
                "x y/z");
        cases.add(new Case("none", files, "", ""));
        cases.add(new Case("usual", files, "# made\n.git\n**/node_modules\n*.md\n!README.md\n\nbuild/\n", ""));
        cases.add(new Case("allow", files, "*\n!src\nsrc/**/*.o\n!docs/*.md\n", ""));
        cases.add(new Case("blanks", files, "  .env  \r\n/docs/\r\n./src/../build\r\nx y\r\n", ""));
        cases.add(new Case("mark", files, "\ufeff.git\n # no comment\n", ""));
        cases.add(new Case("parent", files, "src/main.c\n!src\n", ""));
        cases.add(new Case("deep", files, "**/*.o\n**/y.*\n?*/README.md\n", ""));
        cases.add(new Case("own", files, "*\n", "src\n"));
        cases.add(new Case("itself", files, ".dockerignore\nDockerfile\n", ""));
        cases.add(new Case("refused", files, "[a-\n", ""));
        cases.add(new Case("mark-alone", files, "!\n", ""));
    }

    private void generate() {
        var random = new Random(20261125);
        for (int i = 0; i < GENERATED; i++) {
            var files = new TreeSet<String>();
            for (int n = random.nextInt(6, 24); n > 0; n--) {
                var path = String.join("/", pick(random, NAMES, random.nextInt(1, 5)));
                boolean clashes =
                        files.stream().anyMatch(file -> file.startsWith(path + "/") || path.startsWith(file + "/"));
                if (!clashes) files.add(path);
            }
            var ignore = new StringBuilder();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                if (random.nextInt(4) == 0) ignore.append('!');
                var words = i % 2 == 0 ? NAMES : PIECES;
                ignore.append(String.join(i % 2 == 0 ? "/" : "", pick(random, words, random.nextInt(1, 4))));
                ignore.append(random.nextInt(5) == 0 ? "\r\n" : "\n");
            }
            cases.add(new Case("generated-" + i, List.copyOf(files), ignore.toString(), ""));
        }
    }

    private static List<String> pick(Random random, String[] from, int count) {
        return Stream.generate(() -> from[random.nextInt(from.length)])
                .limit(count)
                .toList();
    }

    private void lay(Case each) throws IOException {
        var root = directory.resolve(each.name);
        for (var file : each.files) {
            var path = root.resolve("context").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
        Files.writeString(root.resolve("context").resolve(IgnoreFile.NAME), each.ignore);
        var dockerfile = Files.createDirectories(root.resolve("build")).resolve("Dockerfile");
        Files.writeString(dockerfile, "FROM scratch\nCOPY . /\n");
        if (!each.own.isEmpty()) Files.writeString(Path.of(IgnoreFile.nameFor(dockerfile.toString())), each.own);
    }

    @Test
    void theImageHoldsWhatTheIgnoreFileSends() throws IOException {
        build();
        int compared = 0;
        for (var each : cases) {
            var root = directory.resolve(each.name);
            boolean refused = !Files.readString(root.resolve("status")).strip().equals("0");
            var reading =
                    IgnoreFile.read(IgnoreFile.NAME, (each.own.isEmpty() ? each.ignore : each.own).getBytes(UTF_8));
            switch (reading) {
                case IgnoreReading.Unreadable(var problems) ->
                    assertThat(refused).as("%s: %s", each, problems).isTrue();
                case IgnoreReading.Read(var file, var warnings) -> {
                    assertThat(refused)
                            .as("%s: %s", each, Files.readString(root.resolve("log")))
                            .isFalse();
                    var paths = new TreeSet<>(each.files);
                    paths.add(IgnoreFile.NAME);
                    assertThat(image(root.resolve("out"))).as("%s", each).containsExactlyElementsOf(file.sent(paths));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(GENERATED);
    }

    private static Set<String> image(Path out) throws IOException {
        var files = new TreeSet<String>();
        if (!Files.exists(out)) return files;
        try (Stream<Path> paths = Files.walk(out)) {
            paths.filter(Files::isRegularFile)
                    .forEach(path -> files.add(out.relativize(path).toString()));
        }
        return files;
    }
}
