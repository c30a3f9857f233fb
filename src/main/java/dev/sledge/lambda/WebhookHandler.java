package dev.sledge.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sledge.pipeline.Deliveries;
import dev.sledge.webhook.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Takes repository events in: webhooks over HTTP, CodeCommit's from EventBridge. What one proves is in the queue before it is answered. */
public final class WebhookHandler implements RequestStreamHandler {
    private final WebhookWiring wiring;

    /** For Lambda: wired once, at cold start. */
    public WebhookHandler() {
        this(WebhookWiring.ofEnvironment(System.getenv()));
    }

    WebhookHandler(WebhookWiring wiring) {
        this.wiring = wiring;
        Priming.with(wiring.priming());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Consumer<LogLine> log = line -> context.getLogger().log(line.toString());
        var answer = switch (Envelope.open(in)) {
            case Envelope.Unusable(var refusal) -> refusal;
            case Envelope.Http(var request) ->
                wiring.receiver(fault -> log.accept(LogLine.warning(fault))).answer(request);
            case Envelope.Event(var json) ->
                Answer.to(new Deliveries(wiring.queue())
                        .accept(wiring.codeCommit().read(json)));
        };
        log.accept(LogLine.info("answered " + answer.logged()));
        Envelope.answer(answer, out);
    }
}
