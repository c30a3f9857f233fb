package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one more image has to have of a state. */
class DeltaTest {
    private static final Engine.Changing NOTHING = new Engine.Changing(Set.of(), Set.of());

    @TempDir
    Path root;

    private static String snapshot(int number) {
        return EngineState.SNAPSHOTS + "/" + number;
    }

    private static String blob(String digest) {
        return EngineState.BLOBS + "/" + digest;
    }

    @BeforeEach
    void state() throws IOException {
        for (var number = 1; number <= 2; number++) {
            Files.createDirectories(root.resolve(snapshot(number)).resolve("fs"));
        }
        Files.createDirectories(root.resolve(EngineState.BLOBS));
        Files.write(root.resolve(blob("aa")), new byte[300_000]);
        Files.write(root.resolve(blob("bb")), new byte[100]);
    }

    private FrozenManifest before(Map<String, Integer> links, Map<String, List<Integer>> parts) {
        return new FrozenManifest(
                new EngineVersion("d", "c", "overlayfs", "amd64"),
                Instant.EPOCH,
                "build",
                0,
                List.of(Images.of(Images.bytes(10, 1)), Images.of(Images.bytes(10, 2))),
                links,
                parts,
                List.of(Instant.EPOCH));
    }

    private void link(String unit) throws IOException {
        Files.createDirectories(root.resolve(unit).resolve("..").normalize());
        Files.createSymbolicLink(root.resolve(unit), Path.of("/run/images/0").resolve(unit));
    }

    private Delta delta(Optional<FrozenManifest> before, Engine.Changing changing) throws IOException {
        return Delta.of(new EngineState(root), before, changing);
    }

    @Test
    void theFirstImageHasEverything() throws Exception {
        var delta = delta(Optional.empty(), NOTHING);
        assertThat(delta.links()).containsOnlyKeys(snapshot(1), snapshot(2), blob("aa"), blob("bb"));
        assertThat(delta.links().values()).containsOnly(0);
        assertThat(delta.layers()).containsExactly(Map.entry(blob("aa"), 300_000L));
    }

    @Test
    void whatIsLinkedIsLeftWhereItIs() throws Exception {
        link(snapshot(7));
        // An older image also has what was deleted since.
        var delta = delta(Optional.of(before(Map.of(snapshot(7), 0, snapshot(8), 1), Map.of())), NOTHING);
        assertThat(delta.links()).containsEntry(snapshot(7), 0).containsEntry(snapshot(1), 2);
        assertThat(delta.links()).doesNotContainKey(snapshot(8));
        assertThat(delta.left()).contains(snapshot(7), "sledge");
    }

    @Test
    void aMountHasAPartWhereItChanged() throws Exception {
        var changing = new Engine.Changing(Set.of(snapshot(1) + "/fs", snapshot(2) + "/fs"), Set.of());
        var parts = Map.of(snapshot(1) + "/fs", List.of(0, 1), snapshot(2) + "/fs", List.of(1));
        Files.writeString(root.resolve(snapshot(1)).resolve("fs/new"), "new");
        var delta = delta(Optional.of(before(Map.of(), parts)), changing);
        assertThat(delta.parts())
                .containsOnly(
                        Map.entry(snapshot(1) + "/fs", List.of(0, 1, 2)), Map.entry(snapshot(2) + "/fs", List.of(1)));
        assertThat(delta.left()).contains(snapshot(2) + "/fs").doesNotContain(snapshot(1) + "/fs");
        assertThat(delta.links()).containsOnlyKeys(blob("aa"), blob("bb"));
    }

    @Test
    void anEmptyMountThatIsNewIsThereAllTheSame() throws Exception {
        var delta = delta(Optional.empty(), new Engine.Changing(Set.of(snapshot(1) + "/fs"), Set.of()));
        assertThat(delta.parts()).containsExactly(Map.entry(snapshot(1) + "/fs", List.of(0)));
    }

    @Test
    void whatIsOpenOverLayersIsCopiedByTheNextThaw() throws Exception {
        var delta = delta(Optional.empty(), new Engine.Changing(Set.of(), Set.of(snapshot(2) + "/fs")));
        assertThat(delta.links()).doesNotContainKey(snapshot(2));
        assertThat(delta.left()).doesNotContain(snapshot(2));
    }

    @Test
    void aLinkThatNobodyMadeIsRefused() throws Exception {
        link(snapshot(7));
        assertThatIOException()
                .isThrownBy(() -> delta(Optional.empty(), NOTHING))
                .withMessageContaining("was not in the state before");
    }
}
