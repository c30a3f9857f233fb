package dev.sledge.build;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results in a map. */
public final class ResultsInMemory implements Results {
    private final Map<String, byte[]> files = new TreeMap<>();

    @Override
    public void put(ResultFolder folder, String name, byte[] content) {
        files.put(folder.key(name), content.clone());
    }

    @Override
    public Optional<byte[]> get(ResultFolder folder, String name) {
        return Optional.ofNullable(files.get(folder.key(name))).map(byte[]::clone);
    }

    @Override
    public void delete(ResultFolder folder, String name) {
        files.remove(folder.key(name));
    }

    /** As if all were written now. */
    @Override
    public List<Listed> list(ResultFolder folder, String beginning) {
        return files.keySet().stream()
                .filter(key -> key.startsWith(folder.key(beginning)))
                .map(key -> new Listed(key.substring(folder.key("").length()), Instant.now()))
                .toList();
    }

    /** As a lifecycle rule does. */
    public void forget(ResultFolder folder) {
        files.keySet().removeIf(key -> key.startsWith(folder.path() + "/"));
    }
}
