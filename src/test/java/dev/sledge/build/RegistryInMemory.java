package dev.sledge.build;

import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A registry whose images are a map; {@link #push} stands for a build's push. */
public final class RegistryInMemory implements ImageRegistry {
    private final Map<ImageReference, StoredImage> images = new HashMap<>();

    public void push(ImageReference reference, StoredImage image) {
        images.put(reference, image);
    }

    /** As a person or a lifecycle rule does. */
    public void delete(ImageReference reference) {
        images.remove(reference);
    }

    @Override
    public Optional<StoredImage> find(ImageReference reference) {
        return Optional.ofNullable(images.get(reference));
    }

    @Override
    public void tag(ImageReference from, ImageTag tag) {
        var image = find(from).orElseThrow(() -> new RegistryUnavailableException("there is no " + from + " to tag"));
        images.put(from.name().tagged(tag), image);
    }
}
