package dev.sledge.image;

/** One tag in one repository: {@code registry/path:tag}. */
public record ImageReference(ImageName name, ImageTag tag) {
    @Override
    public String toString() {
        return name + ":" + tag;
    }
}
