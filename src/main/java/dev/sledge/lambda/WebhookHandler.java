package dev.sledge.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sledge.pipeline.Deliveries;
import dev.sledge.webhook.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes repository events in: webhooks over HTTP, CodeCommit's from EventBridge. What one proves is in the queue before it is answered. */
public final class WebhookHandler implements RequestStreamHandler {
    private final WebhookWiring wiring;

    /** For Lambda: wired once, at cold start. */
    public WebhookHandler() {
        this(WebhookWiring.ofEnvironment(System.getenv()));
    }

    WebhookHandler(WebhookWiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var answer = switch (Envelope.open(in)) {
            case Envelope.Unusable(var refusal) -> refusal;
            case Envelope.Http(var request) ->
                wiring.receiver(context.getLogger()::log).answer(request);
            case Envelope.Event(var json) ->
                Answer.to(new Deliveries(wiring.queue())
                        .accept(wiring.codeCommit().read(json)));
        };
        context.getLogger().log("answered " + answer.logged());
        Envelope.answer(answer, out);
    }
}
