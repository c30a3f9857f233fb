package dev.sledge.lambda;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;

/** Calls a handler as Lambda does: {@code InvokeHandler CLASS}, the event on stdin, the answer on stdout. It needs the function's jar alone. */
final class InvokeHandler {
    private InvokeHandler() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        var context = Class.forName("com.amazonaws.services.lambda.runtime.Context");
        var logger = Class.forName("com.amazonaws.services.lambda.runtime.LambdaLogger");
        var log = Proxy.newProxyInstance(logger.getClassLoader(), new Class<?>[] {logger}, (proxy, method, values) -> {
            System.err.println(values[0]);
            return null;
        });
        var handed = Proxy.newProxyInstance(
                context.getClassLoader(), new Class<?>[] {context}, (proxy, method, values) -> log);
        var handler = Class.forName(arguments[0]);
        handler.getMethod("handleRequest", InputStream.class, OutputStream.class, context)
                .invoke(handler.getConstructor().newInstance(), System.in, System.out, handed);
    }
}
