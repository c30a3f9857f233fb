package dev.sledge.build;

import dev.sledge.image.Digest;
import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import java.util.List;
import java.util.Optional;

/** What the pipeline does with images that are there already; any registry that speaks OCI distribution. */
public interface ImageRegistry {
    /**
     * Looks an image up by tag.
     *
     * @return empty if the repository or the tag does not exist
     * @throws RegistryUnavailableException if there was no answer about it
     */
    Optional<StoredImage> find(ImageReference reference);

    /**
     * Puts the manifest that {@code from} names under another tag of the same repository; no layer moves.
     *
     * @throws RegistryUnavailableException if it could not be done; the tag is as it was then
     */
    Tagging tag(ImageReference from, ImageTag tag);

    /**
     * Takes a tag away; what else names its manifest stays. Nothing happens if there is no such tag.
     *
     * @throws RegistryUnavailableException if it could not be done
     */
    void untag(ImageReference reference);

    /** What became of a tag. */
    enum Tagging {
        /** It names that manifest now. */
        DONE,
        /** It names another one, and the registry lets no tag of its kind move. */
        IMMUTABLE
    }

    /**
     * An image in a registry.
     *
     * @param layers compressed sizes in bytes, base first
     */
    record StoredImage(Digest digest, List<Long> layers) {
        public StoredImage {
            layers = List.copyOf(layers);
        }

        /** Bytes that a pull of the whole image moves, without manifest and configuration. */
        public long size() {
            return layers.stream().mapToLong(Long::longValue).sum();
        }
    }
}
