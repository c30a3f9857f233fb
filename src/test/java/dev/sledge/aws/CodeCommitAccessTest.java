package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.cli.TestRepository;
import dev.sledge.event.Repository;
import dev.sledge.plan.Trust;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCommitAccessTest {
    private static final String HOST = "git-codecommit.eu-central-1.amazonaws.com";
    private static final Repository REPOSITORY = new Repository(HOST, CodeCommitOverHttp.NAME);
    private static final ProjectArns PROJECTS = new ProjectArns(
            "arn:aws:codebuild:eu-central-1:123456789012:project/sledge-hello-1",
            "arn:aws:codebuild:eu-central-1:123456789012:project/sledge-hello-2");

    @TempDir
    Path directory;

    private CodeCommitOverHttp service;

    @BeforeEach
    void start() throws Exception {
        service = new CodeCommitOverHttp(TestRepository.create(directory, "hello-world"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private GitAccess access(Repository repository, Trust trust) {
        try (var client = service.client()) {
            return new CodeCommitAccess(client).access(repository, trust, PROJECTS);
        }
    }

    @Test
    void aRepositoryIsItsProjectsOnceABuildIsToFetchIt() {
        var access = access(REPOSITORY, Trust.TRUSTED);
        assertThat(access.environment()).containsEntry("GIT_CONFIG_VALUE_0", "!aws codecommit credential-helper $@");
        assertThat(access.secrets()).isEmpty();
        access(REPOSITORY, Trust.TRUSTED);
        assertThat(service.asked()).containsExactly("ListTagsForResource", "TagResource", "ListTagsForResource");
        try (var client = service.client()) {
            assertThat(client.listTagsForResource(list -> list.resourceArn(CodeCommitOverHttp.ARN))
                            .tags())
                    .containsEntry("sledge:project", PROJECTS.trusted());
        }
    }

    @Test
    void aForksBuildGetsNothing() {
        assertThat(access(REPOSITORY, Trust.FORK)).isEqualTo(GitAccess.ANONYMOUS);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void aRefusalSaysWhatIsNotAllowed() {
        assertThatExceptionOfType(BuildNotStartedException.class)
                .isThrownBy(() -> access(new Repository(HOST, "other"), Trust.TRUSTED))
                .withMessageContaining("codecommit:TagResource")
                .withMessageContaining(":other");
    }
}
