package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.pipeline.EventNotQueuedException;
import dev.sledge.webhook.DeliveryId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {
    private static final GitRef.Branch MAIN = new GitRef.Branch("main");

    @TempDir
    Path directory;

    private final List<String> faults = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-27T10:00:00Z");

    private EventFiles open() {
        return EventFiles.open(directory, () -> now, faults::add);
    }

    static RepositoryEvent push(String branch, int number) {
        return new Pushed(
                new Repository("git.example.com", "octocat/hello"),
                new GitRef.Branch(branch),
                new Before.Nothing(),
                new CommitId("%040x".formatted(number)),
                MAIN);
    }

    private static List<RepositoryEvent> events(EventFiles queue) {
        return queue.waiting().stream().map(EventFiles.Waiting::event).toList();
    }

    @Test
    void whatIsPutIsThereAfterTheProcess() {
        try (var queue = open()) {
            queue.put(new DeliveryId("1"), push("main", 1));
            queue.put(new DeliveryId("2"), push("main", 2));
        }
        try (var queue = open()) {
            assertThat(events(queue)).containsExactly(push("main", 1), push("main", 2));
            queue.put(new DeliveryId("3"), push("main", 3));
            queue.finish(queue.waiting().getFirst());
        }
        try (var queue = open()) {
            assertThat(events(queue)).containsExactly(push("main", 2), push("main", 3));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void oneDeliveryCountsOnceForMinutes() {
        try (var queue = open()) {
            queue.put(new DeliveryId("1"), push("main", 1));
            queue.put(new DeliveryId("1"), push("main", 1));
            queue.put(new DeliveryId("1"), push("other", 1));
            assertThat(events(queue)).containsExactly(push("main", 1), push("other", 1));
            queue.finish(queue.waiting().getFirst());
            now = now.plus(Duration.ofMinutes(4));
            queue.put(new DeliveryId("1"), push("main", 1));
            assertThat(events(queue)).containsExactly(push("other", 1));
        }
        now = now.plus(Duration.ofMinutes(2));
        try (var queue = open()) {
            queue.put(new DeliveryId("1"), push("main", 1));
            assertThat(events(queue)).containsExactly(push("other", 1), push("main", 1));
        }
    }

    @Test
    void whatIsHalfWrittenWasNeverAnswered() throws IOException {
        open().close();
        Files.writeString(directory.resolve("waiting/0000000000000001-x.json.new"), "{\"kind\":");
        try (var queue = open()) {
            assertThat(queue.waiting()).isEmpty();
        }
        assertThat(directory.resolve("waiting")).isEmptyDirectory();
    }

    @Test
    void whatIsNoEventIsPutAsideAndSaid() throws IOException {
        open().close();
        var file = directory.resolve("waiting/0000000000000001-" + "a".repeat(64) + ".json");
        Files.writeString(file, "{}");
        Files.writeString(directory.resolve("waiting/notes.txt"), "mine");
        try (var queue = open()) {
            assertThat(queue.waiting()).isEmpty();
        }
        assertThat(directory.resolve("failed/" + file.getFileName())).hasContent("{}");
        assertThat(directory.resolve("failed/notes.txt")).hasContent("mine");
        assertThat(faults).hasSize(2).allMatch(fault -> fault.startsWith("put aside " + directory));
    }

    @Test
    void oneProcessWorksOnAQueue() {
        try (var queue = open()) {
            assertThat(queue.waiting()).isEmpty();
            assertThatExceptionOfType(LocalServiceException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("another sledge serve");
        }
        open().close();
    }

    @Test
    void whatCannotBeWrittenIsNotTaken() throws IOException {
        try (var queue = open()) {
            Files.delete(directory.resolve("waiting"));
            assertThatExceptionOfType(EventNotQueuedException.class)
                    .isThrownBy(() -> queue.put(new DeliveryId("1"), push("main", 1)));
            assertThat(queue.waiting()).isEmpty();
            Files.createDirectory(directory.resolve("waiting"));
            queue.put(new DeliveryId("1"), push("main", 1));
            assertThat(events(queue)).containsExactly(push("main", 1));
        }
    }

    @Test
    void nothingIsLostWhenManyPutAtOnce() {
        try (var queue = open()) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < 200; i++) {
                    var number = i;
                    threads.execute(() -> queue.put(new DeliveryId("d" + number), push("b" + number, number)));
                }
            }
            assertThat(queue.waiting()).hasSize(200);
        }
        try (var queue = open()) {
            assertThat(queue.waiting()).hasSize(200);
        }
    }
}
