package dev.sledge.aws;

import dev.sledge.event.CommitId;
import dev.sledge.source.SourceTree;
import dev.sledge.source.SourceTree.Entry;
import dev.sledge.source.SourceTree.Mode;
import dev.sledge.source.SourceUnavailableException;
import java.util.ArrayDeque;
import java.util.TreeMap;
import software.amazon.awssdk.services.codecommit.CodeCommitClient;
import software.amazon.awssdk.services.codecommit.model.FileModeTypeEnum;
import software.amazon.awssdk.services.codecommit.model.GetFolderResponse;

/**
 * The tree of one commit, folder by folder: CodeCommit lists no more than one at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetFolder.html">GetFolder</a>
 */
final class CodeCommitTree {
    /** More than any push can wait for, at some milliseconds each. */
    private static final int MOST_FOLDERS = 10_000;

    private final CodeCommitClient client;
    private final String repository;
    private final CommitId commit;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final ArrayDeque<String> folders = new ArrayDeque<>();

    CodeCommitTree(CodeCommitClient client, String repository, CommitId commit) {
        this.client = client;
        this.repository = repository;
        this.commit = commit;
    }

    SourceTree read() {
        folders.add("/");
        for (var asked = 0; !folders.isEmpty(); asked++) {
            if (asked == MOST_FOLDERS) {
                throw new SourceUnavailableException(
                        "the tree of " + repository + " has more than " + MOST_FOLDERS + " folders");
            }
            var folder = folders.remove();
            list(client.getFolder(get ->
                    get.repositoryName(repository).commitSpecifier(commit.hex()).folderPath(folder)));
        }
        return new SourceTree(entries);
    }

    private void list(GetFolderResponse listed) {
        listed.subFolders().forEach(folder -> folders.add(folder.absolutePath()));
        listed.files()
                .forEach(file -> entries.put(file.absolutePath(), new Entry(mode(file.fileMode()), file.blobId())));
        listed.symbolicLinks()
                .forEach(link -> entries.put(link.absolutePath(), new Entry(Mode.SYMLINK, link.blobId())));
        listed.subModules()
                .forEach(module -> entries.put(module.absolutePath(), new Entry(Mode.SUBMODULE, module.commitId())));
    }

    private static Mode mode(FileModeTypeEnum mode) {
        return switch (mode) {
            case NORMAL -> Mode.FILE;
            case EXECUTABLE -> Mode.EXECUTABLE;
            case SYMLINK -> Mode.SYMLINK;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new SourceUnavailableException("CodeCommit tells a file mode that git does not have");
        };
    }
}
