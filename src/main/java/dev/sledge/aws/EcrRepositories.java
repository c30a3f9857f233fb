package dev.sledge.aws;

import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.plan.BuildPlan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
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
                            + " and makes none; check that ecr:CreateRepository and ecr:TagResource are allowed: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Set<String> pushed(BuildPlan plan) {
        var paths = new TreeSet<String>();
        if (plan.pushes()) {
            paths.add(plan.output().image().path());
        }
        plan.cache().images().forEach(reference -> paths.add(reference.name().path()));
        return paths;
    }

    private static List<Tag> tags(ProjectArns projects) {
        return List.of(
                Tag.builder().key(PROJECT).value(projects.trusted()).build(),
                Tag.builder().key(FORK_PROJECT).value(projects.fork()).build());
    }

    /** Tagged last: one that carries its tags has all the rest, whoever died on the way. */
    private void ensure(String path, List<Tag> tags) {
        var arn = find(path).orElseGet(() -> create(path)).repositoryArn();
        if (!ecr.listTagsForResource(list -> list.resourceArn(arn)).tags().containsAll(tags)) {
            limit(path);
            ecr.tagResource(tag -> tag.resourceArn(arn).tags(tags));
        }
    }

    private Optional<Repository> find(String path) {
        try {
            return ecr.describeRepositories(describe -> describe.repositoryNames(path)).repositories().stream()
                    .findFirst();
        } catch (RepositoryNotFoundException e) {
            return Optional.empty();
        }
    }

    private Repository create(String path) {
        try {
            return ecr.createRepository(request(path, template(path))).repository();
        } catch (RepositoryAlreadyExistsException e) {
            // Somebody else was faster.
            return find(path).orElseThrow(() -> e);
        }
    }

    /** One that somebody else made may have a policy of its own. */
    private void limit(String path) {
        try {
            ecr.getLifecyclePolicy(get -> get.repositoryName(path));
        } catch (LifecyclePolicyNotFoundException e) {
            var policy = template(path).lifecyclePolicy();
            if (policy != null) {
                ecr.putLifecyclePolicy(put -> put.repositoryName(path).lifecyclePolicyText(policy));
            }
        }
    }

    private RepositoryCreationTemplate template(String path) {
        var prefix = path.substring(0, path.indexOf('/'));
        return ecr
                .describeRepositoryCreationTemplates(describe -> describe.prefixes(prefix))
                .repositoryCreationTemplates()
                .stream()
                .findFirst()
                .orElseThrow(() -> new RegistryUnavailableException("ECR has no repository creation template for '"
                        + prefix + "', which says how new repositories are to be; deploy template.yaml again"));
    }

    private static CreateRepositoryRequest request(String path, RepositoryCreationTemplate template) {
        var request = CreateRepositoryRequest.builder()
                .repositoryName(path)
                .imageTagMutability(template.imageTagMutability());
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
