package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.CacheFolder;
import dev.sledge.build.ResultFolder;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;

/** What lies in S3 of a frozen engine, by {@code docs/frozen-format.md}. */
record FrozenFiles(RunningServices running, ResultFolder folder, String scope) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What a build left. */
    static FrozenFiles of(RunningServices running, BuildRecord record) {
        var project = record.finished().arn().replaceFirst(":[^:]*$", "").replace(":build/", ":project/");
        return new FrozenFiles(
                running,
                new ResultFolder(CacheFolder.of(project).path() + "/frozen"),
                record.plan().cache().writes().getFirst());
    }

    byte[] get(String name) {
        return running.get().bucket().results().get(folder, name).orElseThrow();
    }

    Path file(String name) {
        return running.s3Files().resolve(folder.key(name));
    }

    void put(String name, byte[] content) {
        running.get().bucket().results().put(folder, name, content);
    }

    void delete(String name) {
        running.get().bucket().results().delete(folder, name);
    }

    ObjectNode head() throws IOException {
        return (ObjectNode) JSON.readTree(get(headName()));
    }

    String headName() {
        return "heads/" + scope + ".json";
    }

    String manifestName() throws IOException {
        return "manifests/" + head().path("manifest").asText().replace("sha256:", "") + ".json";
    }

    ObjectNode manifest() throws IOException {
        return (ObjectNode) JSON.readTree(get(manifestName()));
    }

    String firstImage() throws Exception {
        var blocks = manifest().at("/images/0/blocks").asText();
        return "images/" + hex(Base64.getDecoder().decode(blocks));
    }

    /** A head that leads to another manifest. */
    void rewrite(Consumer<ObjectNode> change) throws Exception {
        var manifest = manifest();
        change.accept(manifest);
        var bytes = JSON.writeValueAsBytes(manifest);
        put("manifests/" + hex(bytes) + ".json", bytes);
        put(headName(), JSON.writeValueAsBytes(head().put("manifest", "sha256:" + hex(bytes))));
    }

    private static String hex(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
