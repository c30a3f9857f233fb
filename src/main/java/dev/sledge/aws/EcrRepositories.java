package dev.sledge.aws;

import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.image.ImageReference;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryCreationTemplate;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

/**
 * ECR's repositories of images and caches. No build may make one; they are made before it starts, as the account's creation template for
 * their prefix says, which {@code template.yaml} deploys. Each carries the ARNs of the projects that may use it: by these tags the roles of
 * builds tell whose it is.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html">creation templates</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-supported-iam-actions-tagging.html">access by tags</a>
 */
public final class EcrRepositories {
    /** The project that pushes to a repository, and pulls from it. */
    static final String PROJECT = "sledge:project";

    /** The project of forks' pull requests, which only pulls. */
    static final String FORK_PROJECT = "sledge:fork-project";

    private final EcrClient ecr;

    public EcrRepositories(EcrClient ecr) {
        this.ecr = ecr;
    }

    /**
     * After this every repository that a build of {@code plan} pushes to is there, and is its project's.
     *
     * @throws RegistryUnavailableException if ECR refuses or does not answer
     */
    void ensure(BuildPlan plan, ProjectArns projects) {
        try {
            for (var path : pushed(plan)) {
                ensure(path, tags(projects));
            }
        } catch (SdkException e) {
            throw new RegistryUnavailableException(
                    "ECR has no repository for " + plan.output().image()
                            + " and makes none; check that ecr:CreateRepository" + " and ecr:TagResource are allowed: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Set<String> pushed(BuildPlan plan) {
        var paths = new TreeSet<String>();
        if (plan.pushes()) {
            paths.add(plan.output().image().path());
        }
        written(plan.cache()).forEach(reference -> paths.add(reference.name().path()));
        return paths;
    }

    private static Stream<ImageReference> written(Cache cache) {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> to.stream();
            case Cache.Classic(var stages) -> stages.stream().flatMap(stage -> stage.to().stream());
            case Cache.None none -> Stream.empty();
        };
    }

    private static List<Tag> tags(ProjectArns projects) {
        return List.of(
                Tag.builder().key(PROJECT).value(projects.trusted()).build(),
                Tag.builder().key(FORK_PROJECT).value(projects.fork()).build());
    }

    private void ensure(String path, List<Tag> tags) {
        try {
            var found = ecr.describeRepositories(describe -> describe.repositoryNames(path));
            claim(found.repositories().getFirst(), tags);
        } catch (RepositoryNotFoundException e) {
            create(path, tags);
        }
    }

    /** One that somebody else made, or another deployment, may carry other tags. */
    private void claim(Repository repository, List<Tag> tags) {
        var arn = repository.repositoryArn();
        if (!ecr.listTagsForResource(list -> list.resourceArn(arn)).tags().containsAll(tags)) {
            ecr.tagResource(tag -> tag.resourceArn(arn).tags(tags));
        }
    }

    private void create(String path, List<Tag> tags) {
        var template = template(path.substring(0, path.indexOf('/')));
        try {
            ecr.createRepository(request(path, template, tags));
        } catch (RepositoryAlreadyExistsException e) {
            // Somebody else was faster, and ends as this would.
        }
        if (template.lifecyclePolicy() != null) {
            ecr.putLifecyclePolicy(put -> put.repositoryName(path).lifecyclePolicyText(template.lifecyclePolicy()));
        }
    }

    private RepositoryCreationTemplate template(String prefix) {
        return ecr
                .describeRepositoryCreationTemplates(describe -> describe.prefixes(prefix))
                .repositoryCreationTemplates()
                .stream()
                .findFirst()
                .orElseThrow(() -> new RegistryUnavailableException("ECR has no repository creation template for '"
                        + prefix + "', which says how new repositories are to be; deploy template.yaml again"));
    }

    private static CreateRepositoryRequest request(String path, RepositoryCreationTemplate template, List<Tag> tags) {
        var request = CreateRepositoryRequest.builder()
                .repositoryName(path)
                .imageTagMutability(template.imageTagMutability())
                .tags(tags);
        if (template.hasImageTagMutabilityExclusionFilters()) {
            request.imageTagMutabilityExclusionFilters(template.imageTagMutabilityExclusionFilters());
        }
        var encryption = template.encryptionConfiguration();
        if (encryption != null) {
            request.encryptionConfiguration(EncryptionConfiguration.builder()
                    .encryptionType(encryption.encryptionTypeAsString())
                    .kmsKey(encryption.kmsKey())
                    .build());
        }
        return request.build();
    }
}
