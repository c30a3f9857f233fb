package dev.sledge.advice;

import dev.sledge.dockerfile.IgnoreFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long a check takes in a warm JVM: a thousand Dockerfiles of fifty lines, each read, charted and reviewed with a context of two hundred
 * files.
 *
 * <p>Run with {@code ./mvnw -Pbench -DskipTests test-compile exec:exec}; it is to stay below 1,000 ms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AdviceBenchmark {
    /** A thousand Dockerfiles with many of the mistakes that there are rules for, and what they copy from. */
    @State(Scope.Benchmark)
    public static class Thousand {
        private final List<String> files =
                IntStream.range(0, 1000).mapToObj(Thousand::fiftyLines).toList();
        private final BuildContext context = new BuildContext(
                Stream.concat(
                                Stream.of("package.json", "package-lock.json", "Dockerfile", "go.mod", "go.sum"),
                                IntStream.range(0, 200).mapToObj(i -> "src/module" + i % 10 + "/file" + i + ".ts"))
                        .toList(),
                IgnoreFile.NONE,
                Optional.empty(),
                Optional.of("Dockerfile"),
                true);

        private static String fiftyLines(int number) {
            var text = new StringBuilder("FROM node:22." + number + " AS build\nARG GIT_SHA\nWORKDIR /app\nCOPY . .\n");
            text.append(
                    "RUN apt-get update\nRUN apt-get install -y --no-install-recommends \\\n    git \\\n    make\n");
            for (int i = 0; i < 9; i++) {
                text.append(
                        "ENV A" + i + "=b\nRUN npm ci && \\\n    npm run build-" + i + "\nCOPY src/ src" + i + "/\n");
            }
            text.append("FROM nginx:latest\nCOPY --from=build /app/dist /usr/share/nginx/html\n");
            text.append("RUN chown -R nginx /usr/share/nginx\nEXPOSE 8080\nCMD [\"nginx\"]\n");
            return text.toString();
        }
    }

    @Benchmark
    public void aThousandFilesAreReadAndChecked(Thousand thousand, Blackhole hole) {
        for (var file : thousand.files) hole.consume(check(file, thousand.context));
    }

    private static List<Finding> check(String text, BuildContext context) {
        return AdviceCase.findings(AdviceCase.review(text, context));
    }
}
