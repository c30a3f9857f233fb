package dev.sledge.forge;

import dev.sledge.event.CommitId;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceFilesContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** Every forge's files do what all sources do. */
class ForgeFilesTest {
    /** One forge under the contract. */
    abstract static class AtForge extends SourceFilesContract {
        private final FilesOverHttp forge;
        private final Forges forges;

        AtForge(Forge kind) throws IOException {
            forge = new FilesOverHttp(kind);
            forges = new Forges(List.of(forge.site()));
        }

        @AfterEach
        void stop() {
            forge.close();
        }

        @Override
        protected SourceFiles files() {
            return forges;
        }

        @Override
        protected Repository repository() {
            return forge.repository();
        }

        @Override
        protected CommitId commit(Map<String, byte[]> files) {
            return forge.commit(files);
        }
    }

    @Nested
    class GitHub extends AtForge {
        GitHub() throws IOException {
            super(Forge.GITHUB);
        }
    }

    @Nested
    class GitLab extends AtForge {
        GitLab() throws IOException {
            super(Forge.GITLAB);
        }
    }

    @Nested
    class Bitbucket extends AtForge {
        Bitbucket() throws IOException {
            super(Forge.BITBUCKET);
        }
    }

    @Nested
    class BitbucketDataCenter extends AtForge {
        BitbucketDataCenter() throws IOException {
            super(Forge.BITBUCKET_DC);
        }
    }

    @Nested
    class Gitea extends AtForge {
        Gitea() throws IOException {
            super(Forge.GITEA);
        }
    }
}
