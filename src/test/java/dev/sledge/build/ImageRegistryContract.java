package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.build.ImageRegistry.StoredImage;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import org.junit.jupiter.api.Test;

/** What every {@link ImageRegistry} does. */
public abstract class ImageRegistryContract {
    /** The one under test. */
    protected abstract ImageRegistry registry();

    /** A repository that no test has used before. */
    protected abstract ImageName unused();

    /** Pushes an image of one layer or more, another each time, as a builder does; gives what the registry then holds. */
    protected abstract StoredImage push(ImageReference reference);

    private static ImageTag tag(String tag) {
        return new ImageTag(tag);
    }

    @Test
    protected void whatWasNotPushedIsNotThere() {
        var name = unused();
        assertThat(registry().find(name.tagged(tag("b-main")))).isEmpty();
        push(name.tagged(tag("b-main")));
        assertThat(registry().find(name.tagged(tag("b-mai")))).isEmpty();
    }

    @Test
    protected void anImageIsFoundWithItsDigestAndItsLayers() {
        var reference = unused().tagged(tag("sha-" + "a".repeat(40)));
        var image = push(reference);
        assertThat(registry().find(reference)).contains(image);
        assertThat(image.layers()).isNotEmpty();
        assertThat(image.size()).isPositive();
    }

    @Test
    protected void aTagIsAnotherNameOfTheSameImage() {
        var reference = unused().tagged(tag("sha-" + "b".repeat(40)));
        var image = push(reference);
        registry().tag(reference, tag("b-main"));
        assertThat(registry().find(reference.name().tagged(tag("b-main")))).contains(image);
        assertThat(registry().find(reference)).contains(image);
    }

    @Test
    protected void aTagMovesToTheNextImage() {
        var name = unused();
        var one = push(name.tagged(tag("one")));
        var two = push(name.tagged(tag("two")));
        registry().tag(name.tagged(tag("one")), tag("b-main"));
        registry().tag(name.tagged(tag("two")), tag("b-main"));
        assertThat(two).isNotEqualTo(one);
        assertThat(registry().find(name.tagged(tag("b-main")))).contains(two);
        assertThat(registry().find(name.tagged(tag("one")))).contains(one);
    }

    @Test
    protected void aTagMayBeGivenAgain() {
        var reference = unused().tagged(tag("one"));
        var image = push(reference);
        registry().tag(reference, tag("b-main"));
        registry().tag(reference, tag("b-main"));
        registry().tag(reference, tag("one"));
        assertThat(registry().find(reference.name().tagged(tag("b-main")))).contains(image);
    }

    @Test
    protected void aTagThatIsTakenAwayLeavesTheOthers() {
        var reference = unused().tagged(tag("one"));
        var other = reference.name().tagged(tag("b-main"));
        var image = push(reference);
        registry().tag(reference, tag("b-main"));
        registry().untag(other);
        assertThat(registry().find(other)).isEmpty();
        assertThat(registry().find(reference)).contains(image);
        registry().untag(other);
        registry().untag(unused().tagged(tag("one")));
    }

    @Test
    protected void whatIsNotThereCannotBeTagged() {
        var name = unused();
        push(name.tagged(tag("b-main")));
        var image = registry().find(name.tagged(tag("b-main")));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> registry().tag(name.tagged(tag("never")), tag("b-main")))
                .withMessageContaining("never");
        assertThat(registry().find(name.tagged(tag("b-main")))).isEqualTo(image);
    }
}
