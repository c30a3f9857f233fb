package dev.sledge.aws;

import dev.sledge.build.ImageRegistry;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/**
 * ECR as a registry: images by OCI distribution, as any registry has them, and tags taken away by ECR's own call.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html">BatchDeleteImage</a>
 */
public record EcrRegistry(ImageRegistry images, EcrClient ecr) implements ImageRegistry {
    @Override
    public Optional<StoredImage> find(ImageReference reference) {
        return images.find(reference);
    }

    @Override
    public Tagging tag(ImageReference from, ImageTag tag) {
        return images.tag(from, tag);
    }

    /** An image that has another tag stays. */
    @Override
    public void untag(ImageReference reference) {
        try {
            var tagged =
                    ImageIdentifier.builder().imageTag(reference.tag().value()).build();
            var answer = ecr.batchDeleteImage(
                    delete -> delete.repositoryName(reference.name().path()).imageIds(tagged));
            answer.failures().stream()
                    .filter(failure -> failure.failureCode() != ImageFailureCode.IMAGE_NOT_FOUND)
                    .findFirst()
                    .ifPresent(failure -> {
                        throw new RegistryUnavailableException(
                                "ECR does not delete " + reference + ": " + failure.failureReason());
                    });
        } catch (RepositoryNotFoundException e) {
            // Then its tags are gone too.
        } catch (SdkException e) {
            throw new RegistryUnavailableException(
                    "ECR does not delete " + reference + "; check that ecr:BatchDeleteImage is allowed: "
                            + e.getMessage(),
                    e);
        }
    }
}
