package dev.sledge.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Requests to S3 send what they have at once, and do not wait to be told that they may ({@code Expect: 100-continue}). One that waits on a
 * connection which the server has closed meanwhile fails in a way that the SDK does not try again: {@code HttpURLConnection} says so before there
 * is a body to send.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#name-expect">RFC 9110, Expect</a>
 */
public final class SentAtOnce implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder().removeHeader("Expect").build();
    }
}
