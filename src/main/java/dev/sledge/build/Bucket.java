package dev.sledge.build;

/**
 * All that Sledge remembers, in one bucket.
 *
 * @param results what is known of builds
 * @param shared what several processes write at once: claims and heads
 * @param root how builds name the bucket, {@code s3://name}
 */
public record Bucket(Results results, SharedFiles shared, String root) {}
