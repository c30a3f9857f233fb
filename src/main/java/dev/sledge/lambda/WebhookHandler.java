package dev.sledge.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sledge.event.Forge;
import dev.sledge.lambda.FunctionUrl.Opened;
import dev.sledge.pipeline.Deliveries;
import dev.sledge.pipeline.EventQueue;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecrets;
import dev.sledge.webhook.Webhooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers {@code POST /hook/github} of a function URL: what a delivery proves is in the queue before it is answered. */
public final class WebhookHandler implements RequestStreamHandler {
    private static final String GITHUB = "/hook/github";

    private final WebhookSecrets secrets;
    private final EventQueue queue;

    /** For Lambda: wired once, at cold start. */
    public WebhookHandler() {
        this(Wiring.ofEnvironment(System.getenv()));
    }

    private WebhookHandler(Wiring wiring) {
        this(wiring.secrets(), wiring.queue());
    }

    WebhookHandler(WebhookSecrets secrets, EventQueue queue) {
        this.secrets = secrets;
        this.queue = queue;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var answer = switch (FunctionUrl.open(in)) {
            case Opened.Unusable(var refusal) -> refusal;
            case Opened.Post(var path, var request) when path.equals(GITHUB) -> github(request);
            case Opened.Post post ->
                FunctionUrl.unusable(404, "webhooks go to " + GITHUB).answer();
        };
        context.getLogger().log("answered " + answer.status() + " " + answer.body());
        FunctionUrl.answer(answer, out);
    }

    private Answer github(WebhookRequest request) {
        var webhooks = new Webhooks(Forge.GITHUB, "github.com", secrets.read(Forge.GITHUB));
        return Answer.to(new Deliveries(webhooks, queue).receive(request));
    }
}
