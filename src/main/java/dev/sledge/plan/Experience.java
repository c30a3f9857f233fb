package dev.sledge.plan;

/**
 * What the builds of an image before tell of its next one.
 *
 * @param engineMebibytes what the state of a build's engine came to at most, in MiB; 0 if no build told
 */
public record Experience(int engineMebibytes) {
    public Experience {
        if (engineMebibytes < 0) {
            throw new IllegalArgumentException("an engine needs " + engineMebibytes + " MiB, which is less than none");
        }
    }

    public static Experience none() {
        return new Experience(0);
    }
}
