package dev.sledge.source;

import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import java.util.Map;

class FilesInMemoryTest extends SourceFilesContract {
    private final FilesInMemory files = new FilesInMemory(repository());

    @Override
    protected SourceFiles files() {
        return files;
    }

    @Override
    protected Repository repository() {
        return new Repository("github.com", "octocat/hello-world");
    }

    @Override
    protected CommitId commit(Map<String, byte[]> content) {
        return files.commit(content);
    }
}
