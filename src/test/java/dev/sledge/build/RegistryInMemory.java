package dev.sledge.build;

import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A registry whose images are a map; {@link #push} stands for a build's push. */
public final class RegistryInMemory implements ImageRegistry {
    private static final Pattern MOVING = Pattern.compile("b-|pr-");

    private final Map<ImageReference, StoredImage> images = new HashMap<>();
    private boolean immutable;

    public void push(ImageReference reference, StoredImage image) {
        images.put(reference, image);
    }

    /** Also what a person or a lifecycle rule does. */
    @Override
    public void untag(ImageReference reference) {
        images.remove(reference);
    }

    @Override
    public Optional<StoredImage> find(ImageReference reference) {
        return Optional.ofNullable(images.get(reference));
    }

    /** As ECR's repositories may be: from now on no tag but a branch's or a pull request's moves. */
    public void makeImmutable() {
        immutable = true;
    }

    @Override
    public Tagging tag(ImageReference from, ImageTag tag) {
        var image = find(from).orElseThrow(() -> new RegistryUnavailableException("there is no " + from + " to tag"));
        var to = from.name().tagged(tag);
        if (immutable && !MOVING.matcher(tag.value()).lookingAt() && images.containsKey(to)) {
            return images.get(to).equals(image) ? Tagging.DONE : Tagging.IMMUTABLE;
        }
        images.put(to, image);
        return Tagging.DONE;
    }
}
