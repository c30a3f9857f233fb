package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Without the seconds since the start, which are nobody's to promise. */
    private List<String> texts() {
        return lines().stream()
                .map(line -> line.replaceFirst("^ *[0-9]+\\.[0-9]  ", "").stripTrailing())
                .toList();
    }

    @Test
    void elsewhereThanOnATerminalEachThingIsALine() {
        try (var console = new Console(stream, 0, false)) {
            console.phase("build");
            console.stepBegan("[build 2/3] COPY . .");
            console.stepEnded("[build 2/3] COPY . .", false);
            console.output("what the build prints");
        }
        assertThat(texts()).first().isEqualTo("phase build");
        assertThat(texts().get(1)).isEqualTo("  [build 2/3] COPY . .");
        assertThat(texts().get(2)).matches("  \\[build 2/3] COPY \\. \\. +[0-9]+\\.[0-9] s");
        assertThat(texts()).hasSize(3);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\033");
    }

    @Test
    void aHitIsToldOnceAndItsFetchingBesides() {
        try (var console = new Console(stream, 0, false)) {
            console.phase("build");
            console.stepEnded("[build 2/3] RUN a", true);
            console.stepBegan("[build 2/3] RUN a");
            console.stepEnded("[build 2/3] RUN a", false);
            console.stepEnded("[build 2/3] RUN a", true);
        }
        assertThat(texts()).hasSize(4);
        assertThat(texts().get(1)).matches("  \\[build 2/3] RUN a +cached");
        assertThat(texts().get(2)).isEqualTo("  fetch [build 2/3] RUN a");
        assertThat(texts().get(3)).matches("  fetch \\[build 2/3] RUN a +[0-9]+\\.[0-9] s");
    }

    @Test
    void onATerminalWhatRunsIsDrawnOverAndWhatEndedStays() {
        try (var console = new Console(stream, 80, false)) {
            console.phase("build");
            console.stepBegan("[build 2/3] RUN a");
            console.stepEnded("[build 2/3] RUN a", false);
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("\033[1A\033[J");
        assertThat(screen(text)).hasSize(2).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
        assertThat(screen(text).getFirst()).contains("[build 2/3] RUN a");
        assertThat(screen(text).getLast()).contains("phase build");
    }

    /** What a terminal shows after all: each {@code ESC[nA ESC[J} takes the last n lines away. */
    private static List<String> screen(String text) {
        var screen = new java.util.ArrayList<String>();
        for (var line : text.lines().toList()) {
            var rest = line;
            while (rest.startsWith("\033[")) {
                var up = Integer.parseInt(rest.substring(2, rest.indexOf('A')));
                for (var i = 0; i < up; i++) {
                    screen.removeLast();
                }
                rest = rest.substring(rest.indexOf('J') + 1);
            }
            if (!rest.isEmpty()) {
                screen.add(rest);
            }
        }
        return screen;
    }

    @Test
    void noControlCharacterOfABuildReachesTheTerminal() {
        try (var console = new Console(stream, 0, true)) {
            console.phase("build");
            console.stepBegan("[build 2/3] RUN a\033[2Jb\u0007\nc");
            console.output("\033]0;title\u0007 progress\r100 %");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\033", "\u0007", "\r");
        assertThat(texts()).hasSize(3);
    }

    @Test
    void whatTheBuilderDoesForItselfIsNotShown() {
        try (var console = new Console(stream, 0, false)) {
            console.stepBegan("[internal] load build definition from Dockerfile");
        }
        assertThat(lines()).isEmpty();
    }
}
