package dev.sledge.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sledge.aws.EventJson;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.pipeline.PushOutcome.ImageOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** Takes events off the queue and does what they ask for. An event that cannot be handled comes again, and what came after it waits. */
public final class PushHandler implements RequestStreamHandler {
    private final PushWiring wiring;

    /** For Lambda: wired once, at cold start. */
    public PushHandler() {
        this(PushWiring.ofEnvironment(System.getenv()));
    }

    PushHandler(PushWiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var batch = EventBatch.read(in);
        Consumer<String> log = context.getLogger()::log;
        var done = 0;
        for (var message : batch.messages()) {
            if (!handled(message.body(), log)) {
                break;
            }
            done++;
        }
        batch.answer(done, out);
    }

    /** Whatever goes wrong is said here, with what it was about: SQS keeps the message and nothing of why. */
    private boolean handled(String body, Consumer<String> log) {
        try {
            var event = EventJson.read(body);
            var outcome = wiring.pipeline(event.repository(), log).handle(event);
            told(outcome).forEach(line -> log.accept(LogLine.of(event, line)));
            return true;
        } catch (RuntimeException e) {
            log.accept(LogLine.failure(body, e));
            return false;
        }
    }

    private static List<String> told(PushOutcome outcome) {
        return switch (outcome) {
            case PushOutcome.NothingToBuild(var why) -> List.of("nothing to build: " + why);
            case PushOutcome.Unbuildable(var problems) ->
                problems.stream().map(problem -> "not built: " + problem).toList();
            case PushOutcome.Planned(var images, var warnings) ->
                images.stream().map(PushHandler::told).toList();
        };
    }

    private static String told(ImageOutcome image) {
        var what =
                image.plan().output().commitImage() + ": build " + image.build().id();
        return switch (image) {
            case ImageOutcome.Started started -> what + " was started";
            case ImageOutcome.RunsAlready running -> what + " runs already";
            case ImageOutcome.BuiltAlready built -> what + " built it before";
        };
    }
}
