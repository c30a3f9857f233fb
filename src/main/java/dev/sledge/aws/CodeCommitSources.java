package dev.sledge.aws;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceTree;
import dev.sledge.source.SourceTrees;
import dev.sledge.source.SourceUnavailableException;
import java.net.URI;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codecommit.CodeCommitClient;
import software.amazon.awssdk.services.codecommit.model.FileDoesNotExistException;
import software.amazon.awssdk.services.codecommit.model.FileModeTypeEnum;
import software.amazon.awssdk.services.codecommit.model.FileTooLargeException;
import software.amazon.awssdk.services.codecommit.model.FolderDoesNotExistException;

/**
 * Repositories of CodeCommit in one account and region, as far as IAM lets us: {@code codecommit:GetFile}, {@code GetFolder},
 * {@code GetCommit}, {@code GetBranch}, {@code GetRepository}.
 *
 * @see <a href="https://docs.aws.amazon.com/codecommit/latest/APIReference/API_GetFile.html">GetFile</a>
 */
public final class CodeCommitSources implements SourceFiles, SourceTrees, Commits {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}");

    private final CodeCommitClient client;
    private final String host;

    /**
     * Reads with a client of one region.
     *
     * @param host of that region's repositories, as events carry it: {@code git-codecommit.eu-central-1.amazonaws.com}
     */
    public CodeCommitSources(CodeCommitClient client, String host) {
        this.client = client;
        this.host = host;
    }

    @Override
    public URI remote(Repository repository) {
        return URI.create("https://" + name(repository, name -> host + "/v1/repos/" + name));
    }

    @Override
    public SourceFile read(Repository repository, CommitId commit, String path) {
        return ask(repository, "'" + path + "' at " + commit, name -> {
            try {
                var file = client.getFile(get ->
                        get.repositoryName(name).commitSpecifier(commit.hex()).filePath(path));
                return file.fileMode() == FileModeTypeEnum.SYMLINK
                        ? new SourceFile.Unreadable("it is a symbolic link; name the file it points to")
                        : new SourceFile.Found(file.fileContent().asByteArray());
            } catch (FileDoesNotExistException e) {
                return missing(name, commit, path);
            } catch (FileTooLargeException e) {
                return new SourceFile.Unreadable("it has more than 6 MB; name the right file");
            }
        });
    }

    /** Of a directory GetFile says the same as of nothing. */
    private SourceFile missing(String name, CommitId commit, String path) {
        try {
            client.getFolder(get ->
                    get.repositoryName(name).commitSpecifier(commit.hex()).folderPath(path));
            return new SourceFile.Unreadable("it is a directory; name a file in it");
        } catch (FolderDoesNotExistException e) {
            return new SourceFile.Missing();
        }
    }

    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        return ask(repository, "the tree of " + commit, name -> new CodeCommitTree(client, name, commit).read());
    }

    @Override
    public Commit find(Repository repository, String revision) {
        return ask(repository, "commit '" + revision + "'", name -> {
            var id = HASH.matcher(revision).matches()
                    ? revision
                    : client.getBranch(get -> get.repositoryName(name).branchName(revision))
                            .branch()
                            .commitId();
            var commit = client.getCommit(get -> get.repositoryName(name).commitId(id))
                    .commit();
            return new Commit(new CommitId(id), commit.message() == null ? "" : commit.message());
        });
    }

    @Override
    public GitRef.Branch defaultBranch(Repository repository) {
        return ask(
                repository,
                "the default branch",
                name -> new GitRef.Branch(client.getRepository(get -> get.repositoryName(name))
                        .repositoryMetadata()
                        .defaultBranch()));
    }

    private <T> T ask(Repository repository, String what, Function<String, T> question) {
        try {
            return name(repository, question);
        } catch (SdkException e) {
            throw new SourceUnavailableException(
                    what + " of " + repository + " cannot be read: CodeCommit says: " + e.getMessage()
                            + "; check that it is there and that codecommit:GetFile, GetFolder, GetCommit, GetBranch and"
                            + " GetRepository are allowed",
                    e);
        }
    }

    private <T> T name(Repository repository, Function<String, T> use) {
        if (!repository.host().equals(host)) {
            throw new SourceUnavailableException(repository + " is at " + repository.host() + ", not at " + host);
        }
        return use.apply(repository.fullName());
    }
}
