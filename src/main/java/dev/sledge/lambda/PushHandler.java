package dev.sledge.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sledge.aws.EventJson;
import dev.sledge.event.RepositoryEvent;
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
        Priming.with(wiring.priming());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var batch = EventBatch.read(in);
        Consumer<LogLine> log = line -> context.getLogger().log(line.toString());
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
    private boolean handled(String body, Consumer<LogLine> log) {
        RepositoryEvent event;
        try {
            event = EventJson.read(body);
        } catch (RuntimeException e) {
            log.accept(LogLine.error("the message '" + body + "' is no event, and is tried again", e));
            return false;
        }
        try {
            var pipeline = wiring.pipeline(
                    event.repository(),
                    fault -> log.accept(LogLine.warning(fault).about(event)));
            told(pipeline.handle(event)).forEach(line -> log.accept(line.about(event)));
            return true;
        } catch (RuntimeException e) {
            log.accept(LogLine.error("not handled, and tried again", e).about(event));
            return false;
        }
    }

    private static List<LogLine> told(PushOutcome outcome) {
        return switch (outcome) {
            case PushOutcome.NothingToBuild(var why) -> List.of(LogLine.info("nothing to build: " + why));
            case PushOutcome.Unbuildable(var problems) ->
                problems.stream()
                        .map(problem -> LogLine.info("not built: " + problem))
                        .toList();
            case PushOutcome.Planned(var images, var warnings) ->
                images.stream().map(PushHandler::told).toList();
        };
    }

    private static LogLine told(ImageOutcome image) {
        var name = image.plan().output().commitImage();
        return LogLine.info(
                        switch (image) {
                            case ImageOutcome.Started started -> name + " is being built";
                            case ImageOutcome.RunsAlready running -> name + " is being built already";
                            case ImageOutcome.BuiltAlready built -> name + " was built before";
                        })
                .about(image.build());
    }
}
