package dev.sledge.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.aws.CodeBuildEnds.Answer;
import dev.sledge.pipeline.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Hears from EventBridge that the state of a build changed, and records how it ended. A fault is thrown: Lambda tries such an event twice
 * more, and then it is a dead letter.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html#sample-build-notifications-ref">build
 *     state change</a>
 */
public final class BuildStateHandler implements RequestStreamHandler {
    private static final JsonMapper JSON = new JsonMapper();

    /** {@code arn:aws:codebuild:<region>:<account>:build/<project>:<uuid>}. */
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:codebuild:[^:]*:[^:]*:build/(?<id>[^:/]+:[^:/]+)");

    private final BuildStateWiring wiring;

    /** For Lambda: wired once, at cold start. */
    public BuildStateHandler() {
        this(BuildStateWiring.ofEnvironment(System.getenv()));
    }

    BuildStateHandler(BuildStateWiring wiring) {
        this.wiring = wiring;
        Priming.with(wiring.priming());
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        Consumer<LogLine> log = line -> context.getLogger().log(line.toString());
        var told = JSON.readTree(in).path("detail").path("build-id").asText();
        var arn = ARN.matcher(told);
        if (!arn.matches()) {
            throw new IllegalArgumentException("the event names no build: '" + told + "'");
        }
        try {
            ended(arn.group("id"), log);
        } catch (RuntimeException e) {
            // What Lambda logs of it has no fields to look for.
            log.accept(LogLine.error("not recorded, and tried again", e).with("build", arn.group("id")));
            throw e;
        }
        out.write('{');
        out.write('}');
    }

    private void ended(String id, Consumer<LogLine> log) {
        switch (wiring.ends().ask(id)) {
            case Answer.Ignored(var why) -> log.accept(LogLine.info(why).with("build", id));
            case Answer.Ended(var folder, var build) -> {
                var record = wiring.finished(
                                fault -> log.accept(LogLine.warning(fault).with("build", id)))
                        .handle(folder, build);
                log.accept(LogLine.info(Verdict.of(record).words())
                        .about(record.plan().source())
                        .about(build.build()));
            }
        }
    }
}
