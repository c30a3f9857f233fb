package dev.sledge.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How long reading takes in a warm JVM: a thousand files of fifty lines, and a mebibyte of what costs most.
 *
 * <p>Run with {@code ./mvnw -Pbench -DskipTests test-compile exec:exec}; both are to stay below 1,000 ms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DockerfileBenchmark {
    private static final int MEBIBYTE = 1 << 20;

    /** A thousand Dockerfiles that differ in their numbers. */
    @State(Scope.Benchmark)
    public static class Thousand {
        private final List<String> files =
                IntStream.range(0, 1000).mapToObj(Thousand::fiftyLines).toList();

        private static String fiftyLines(int number) {
            var text = new StringBuilder("# syntax=docker/dockerfile:1\nARG GO=1." + number + "\n");
            text.append("FROM --platform=$BUILDPLATFORM golang:${GO:-1.25}-alpine AS build\nWORKDIR /src\n");
            text.append("COPY go.mod go.sum ./\nRUN --mount=type=cache,target=/go/pkg/mod \\\n    go mod download\n");
            for (int i = 0; i < 8; i++) {
                text.append("ENV A" + i + "=\"$GO-" + i + "\" B=c\nRUN apk add --no-cache \\\n    git \\\n    make\n");
            }
            text.append("COPY <<EOF /etc/app.conf\nport = $GO\nEOF\nCOPY . .\nRUN go build -o /app ./...\n");
            text.append(
                    "FROM alpine:3.22\nCOPY --from=build --chmod=755 /app /app\nRUN --mount=from=build,target=/b ls\n");
            text.append("EXPOSE 8080/tcp\nUSER nobody\nENTRYPOINT [\"/app\", \"serve\"]\n");
            return text.toString();
        }
    }

    /** A mebibyte of one thing over and over. */
    @State(Scope.Benchmark)
    public static class Hostile {
        @Param({
            "FROM a~",
            "FROM a AS b~COPY --from=b c d~",
            "RUN <<A <<B~A~B~",
            "ONBUILD RUN a~FROM x~",
            "ARG A=$A$A~",
            "RUN --mount=type=\"",
            "--mount=type=x \\~ ",
            "FROM ${A#*a*a}~",
            "--a ",
            "{\"a\":"
        })
        public String unit = "";

        byte[] mebibyte() {
            var start = "FROM x\nRUN ";
            int times = (MEBIBYTE - start.length()) / unit.length();
            return (start + unit.replace('~', '\n').repeat(times)).getBytes(UTF_8);
        }
    }

    @Benchmark
    public void aThousandFilesOfFiftyLines(Thousand thousand, Blackhole hole) {
        for (var file : thousand.files) hole.consume(readAndChart(file.getBytes(UTF_8)));
    }

    @Benchmark
    public Object aMebibyteOfHostileText(Hostile hostile) {
        return readAndChart(hostile.mebibyte());
    }

    private static Object readAndChart(byte[] bytes) {
        var parsing = DockerfileParser.parse("Dockerfile", bytes);
        return parsing instanceof Parsing.Parsed(var dockerfile, var warnings)
                ? StageGraph.of(dockerfile, BuildOptions.DEFAULT)
                : parsing;
    }
}
