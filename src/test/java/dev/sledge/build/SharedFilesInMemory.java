package dev.sledge.build;

import java.util.HashMap;
import java.util.Map;

/** Shared files in a map. */
public final class SharedFilesInMemory implements SharedFiles {
    private final Map<String, Seen.Present> files = new HashMap<>();
    private int versions;

    @Override
    public synchronized Seen read(String key) {
        var file = files.get(key);
        return file == null ? new Seen.Absent(key) : file;
    }

    @Override
    public synchronized Write write(Seen seen, String content) {
        var now = read(seen.key());
        if (now.equals(seen)) {
            var next = new Seen.Present(seen.key(), String.valueOf(++versions), content);
            files.put(seen.key(), next);
            return new Write.Written(next);
        }
        return now instanceof Seen.Present present && present.content().equals(content)
                ? new Write.Written(present)
                : new Write.Overtaken();
    }
}
