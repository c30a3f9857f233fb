package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildNumbersTest {
    @Test
    void buildsThatStartAtOnceHaveEachTheirOwnNumber(@TempDir Path directory) {
        var numbers = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> new BuildNumbers(directory).next("hello")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 40).boxed().toList());
    }
}
