package dev.sledge.agent;

/**
 * An object in S3, or what the keys of several begin with.
 *
 * @param key without a slash at its ends
 */
record S3Address(String bucket, String key) {
    private static final String SCHEME = "s3://";

    S3Address {
        if (bucket.isEmpty() || key.isEmpty() || key.startsWith("/") || key.endsWith("/")) {
            throw new UsageException(
                    "s3://" + bucket + "/" + key + " names nothing in a bucket; write s3://BUCKET/KEY");
        }
    }

    /** @throws UsageException if it is no {@code s3://BUCKET/KEY} */
    static S3Address parse(String text) {
        var slash = text.indexOf('/', Math.min(SCHEME.length(), text.length()));
        if (!text.startsWith(SCHEME) || slash < 0) {
            throw new UsageException("'" + text + "' is no address; write s3://BUCKET/KEY");
        }
        return new S3Address(text.substring(SCHEME.length(), slash), text.substring(slash + 1));
    }

    S3Address below(String name) {
        return new S3Address(bucket, key + "/" + name);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
