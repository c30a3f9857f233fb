package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Maven and its wrapper. */
final class Maven implements Ecosystem {
    private static final String[] VALUED = {
        "-f", "--file", "-P", "-pl", "--projects", "-s", "--settings", "-gs", "-T", "--threads", "-t", "-l", "-rf", "-b"
    };
    private static final Pattern MANIFEST =
            Pattern.compile("pom\\.xml|mvnw|\\.mvn/.+|(?!.*\\bsrc/)([^/]+/){1,4}pom\\.xml");

    /** The phases that the tests belong to, or come before. */
    private static final Set<String> TESTED = Set.of(
            "test",
            "prepare-package",
            "package",
            "pre-integration-test",
            "integration-test",
            "verify",
            "install",
            "deploy");

    private static final Pattern SKIPS_TESTS = Pattern.compile("-D(skipTests|maven\\.test\\.skip(\\.exec)?)(=true)?");

    @Override
    public String name() {
        return "Maven";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        var goals = command.operands(VALUED);
        if (!(command.is("mvn") || command.is("mvnw")) || goals.isEmpty() || goals.contains("wrapper:wrapper")) {
            return Optional.empty();
        }
        boolean download = goals.stream()
                .allMatch(goal -> goal.contains("dependency:")
                        || goal.contains("go-offline")
                        || goal.contains("resolve")
                        || goal.equals("clean"));
        var files = command.values("-f", "--file");
        var pom = files.isEmpty() ? "" : files.getLast();
        var directory = pom.endsWith(".xml") ? ImagePath.parent(pom) : pom;
        return Optional.of(new Install(
                this, download ? Kind.DOWNLOAD : Kind.BUILD, command, directory, command.values("-s", "--settings")));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("pom.xml");
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFEST.matcher(path).matches();
    }

    @Override
    public String download(Install install, Project project) {
        if (install.kind() == Kind.DOWNLOAD) return install.command().text();
        var program = install.command().words().getFirst();
        var options = new StringBuilder(" -B");
        for (var option : new String[] {"-f", "-s", "-P"}) {
            install.command()
                    .values(option)
                    .forEach(value ->
                            options.append(' ').append(option).append(' ').append(value));
        }
        // go-offline cannot resolve a module that another one of the same build makes; an empty build can.
        if (modules(project)) return program + options + " package -DskipTests --fail-never";
        var offline = program + options + " dependency:go-offline";
        return install.directory().isEmpty() && runsTests(install, project)
                ? "mkdir -p src/test/java && echo 'class EmptyTest {}' > src/test/java/EmptyTest.java && " + offline
                        + " && " + program + options + " --fail-never test && rm -rf src target"
                : offline;
    }

    /**
     * Whether Surefire will run tests. It fetches what runs them only then, and go-offline does not see that.
     *
     * @see <a href="https://maven.apache.org/surefire/maven-surefire-plugin/featurematrix.html">Surefire's providers</a>
     */
    private static boolean runsTests(Install install, Project project) {
        var command = install.command();
        boolean skips = command.arguments().stream()
                .anyMatch(word -> SKIPS_TESTS.matcher(word).matches());
        return !skips
                && command.operands(VALUED).stream().anyMatch(TESTED::contains)
                && project.hasDirectory("src/test/java");
    }

    private static boolean modules(Project project) {
        var root = project.directory().isEmpty() ? "pom.xml" : project.directory() + "/pom.xml";
        return project.context().below(project.directory()).stream()
                .anyMatch(path -> path.endsWith("/pom.xml") && !("/" + path).contains("/src/") && !path.equals(root));
    }

    @Override
    public boolean fetchesIntoHome() {
        return true;
    }

    @Override
    public double seconds() {
        return 90;
    }
}
