package dev.sledge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The direction of the code base, as a test. */
class ArchitectureTest {
    /** Each package, all packages that it may use, and after the bar the libraries that it may import. */
    private static final String MAY_USE = """
            event      :                                                           |
            image      :                                                           |
            problem    :                                                           |
            dockerfile : image problem                                             |
            advice     : dockerfile problem                                        |
            settings   : image problem                                             | org.snakeyaml
            source     : event                                                     |
            webhook    : event                                                     | com.fasterxml.jackson
            plan       : event image problem dockerfile settings source            |
            render     : event plan image                                          |
            build      : event image plan render                                   | com.fasterxml.jackson
            pipeline   : event image problem dockerfile settings source webhook plan render build | io.airlift.compress
            report     : build plan image event                                    |
            aws        : event image plan render build source pipeline webhook     | com.fasterxml.jackson software.amazon
            forge      : event source build pipeline webhook                       | com.fasterxml.jackson org.eclipse.jgit
            registry   : image build                                               | com.fasterxml.jackson
            local      : event image plan render build source webhook pipeline aws registry | com.fasterxml.jackson com.sun.net.httpserver org.eclipse.jgit org.gaul org.snakeyaml software.amazon
            lambda     : event image source webhook plan render build pipeline registry aws forge | com.fasterxml.jackson com.amazonaws org.crac software.amazon
            agent      :                                                           | com.fasterxml.jackson com.sun.net.httpserver software.amazon
            cli        : event image problem dockerfile advice settings source webhook plan render build pipeline report local registry aws forge | com.fasterxml.jackson picocli org.eclipse.jgit
            """;

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sledge");

    private record Rule(List<String> packages, List<String> libraries) {}

    private static Map<String, Rule> table() {
        var table = new TreeMap<String, Rule>();
        for (var line : MAY_USE.lines().toList()) {
            var colon = line.indexOf(':');
            var bar = line.indexOf('|');
            table.put(
                    line.substring(0, colon).strip(),
                    new Rule(words(line.substring(colon + 1, bar)), words(line.substring(bar + 1))));
        }
        return table;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static Stream<Arguments> packages() {
        return table().entrySet().stream()
                .map(entry -> Arguments.of(
                        entry.getKey(),
                        entry.getValue().packages(),
                        entry.getValue().libraries()));
    }

    @ParameterizedTest(name = "{0} may use only {1}")
    @MethodSource("packages")
    void packagesPointOneWay(String name, List<String> uses, List<String> libraries) {
        var allowed = new ArrayList<String>();
        allowed.add("dev.sledge." + name);
        uses.forEach(used -> allowed.add("dev.sledge." + used));
        noClasses()
                .that()
                .resideInAPackage("dev.sledge." + name)
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.sledge..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .allowEmptyShould(true)
                .because("the way of a push goes one way; change the table with an ADR, or the code")
                .check(CODE);
    }

    @ParameterizedTest(name = "{0} may import only {2}")
    @MethodSource("packages")
    void vendorsStayAtTheEdge(String name, List<String> uses, List<String> libraries) {
        var allowed = new ArrayList<>(List.of("java..", "javax.crypto..", "org.jspecify..", "dev.sledge.."));
        libraries.forEach(library -> allowed.add(library + ".."));
        noClasses()
                .that()
                .resideInAPackage("dev.sledge." + name)
                .should()
                .dependOnClassesThat(
                        not(resideInAnyPackage(allowed.toArray(String[]::new))).and(not(resideInAnyPackage(""))))
                .allowEmptyShould(true)
                .because("only the edge knows vendors")
                .check(CODE);
    }

    @Test
    void everyPackageStandsInTheTable() {
        var packages = new TreeSet<String>();
        CODE.forEach(type -> packages.add(type.getPackageName().substring("dev.sledge.".length())));
        assertThat(packages).isEqualTo(table().keySet());
    }

    @Test
    void contributingShowsTheTable() throws IOException {
        var file = Path.of("CONTRIBUTING.md");
        var shown = "```\n" + MAY_USE.indent(0) + "```";
        var text = Files.readString(file);
        if (Boolean.getBoolean("golden.update")) {
            text = text.replaceFirst("(?s)```\n(event .*?)?```(?=\n\n## How to add)", Matcher.quoteReplacement(shown));
            Files.writeString(file, text);
        }
        assertThat(text).contains(shown);
    }

    @Test
    void thePureMiddleAsksNobody() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.sledge.event",
                        "dev.sledge.image",
                        "dev.sledge.problem",
                        "dev.sledge.dockerfile",
                        "dev.sledge.advice",
                        "dev.sledge.settings",
                        "dev.sledge.plan",
                        "dev.sledge.render")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net.http..", "java.util.concurrent..")
                        .or(belongToAnyOf(
                                System.class,
                                Thread.class,
                                ProcessBuilder.class,
                                File.class,
                                FileInputStream.class,
                                FileOutputStream.class,
                                Clock.class,
                                Instant.class,
                                Random.class)))
                .because("a plan is the same wherever and whenever it is made")
                .check(CODE);
    }

    @Test
    void namesSaySomething() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Processor|Data|Info)$")
                .because("such a name says nothing of what a class is for")
                .check(CODE);
    }
}
