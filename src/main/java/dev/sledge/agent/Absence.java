package dev.sledge.agent;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** How S3 says that an object is not there. */
final class Absence {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private Absence() {}

    /**
     * To who may not list a bucket S3 says of a missing object that it is forbidden.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">permissions of GetObject</a>
     */
    static boolean is(S3Exception e) {
        return e.statusCode() == NOT_FOUND || e.statusCode() == FORBIDDEN;
    }

    /**
     * Nothing.
     *
     * @throws S3Exception {@code e} if it says anything else
     */
    static <T> Optional<T> of(S3Exception e) {
        if (is(e)) {
            return Optional.empty();
        }
        throw e;
    }
}
