package dev.sledge.build;

import dev.sledge.build.ImageRegistry.StoredImage;
import dev.sledge.image.Digest;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import java.util.List;

class RegistryInMemoryTest extends ImageRegistryContract {
    private final RegistryInMemory registry = new RegistryInMemory();
    private int pushed;

    @Override
    protected ImageRegistry registry() {
        return registry;
    }

    @Override
    protected ImageName unused() {
        return new ImageName("127.0.0.1:5000", "contract/" + pushed++);
    }

    @Override
    protected StoredImage push(ImageReference reference) {
        var image = new StoredImage(new Digest("sha256:%064x".formatted(pushed++)), List.of(1000L + pushed));
        registry.push(reference, image);
        return image;
    }
}
