/** Adapters to AWS: S3 and SQS by the SDK. */
@NullMarked
package dev.sledge.aws;

import org.jspecify.annotations.NullMarked;
