package dev.sledge.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.aws.CodeBuildDouble.Refusal;
import dev.sledge.build.FinishedBuild.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Projects and builds as CodeBuild keeps them, with the rules that its model of shapes does not tell: lengths of buildspecs and values,
 * which overrides win, what a token means and for how long.
 */
public final class CodeBuildState {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACCOUNT = "arn:aws:codebuild:us-east-1:123456789012:";
    private static final Duration TOKENS_ARE_VALID = Duration.ofMinutes(5);
    private static final int LONGEST_BUILDSPEC = 25_600;
    private static final int LONGEST_VALUE = 4_096;

    private final InstantSource clock;
    private final Map<String, ObjectNode> projects = new HashMap<>();
    private final SequencedMap<String, ObjectNode> builds = new LinkedHashMap<>();
    private final Map<String, Start> starts = new HashMap<>();
    private final List<Consumer<JsonNode>> listeners = new ArrayList<>();
    private int queue = Integer.MAX_VALUE;

    private record Start(JsonNode request, String build, Instant at) {}

    public CodeBuildState(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on no more than {@code builds} may be under way. */
    public synchronized void limitQueue(int builds) {
        queue = builds;
    }

    /** Whoever hears of each change of a build's status; of several of them, at the same time as the caller. */
    public synchronized void whenChanged(Consumer<JsonNode> listener) {
        listeners.add(listener);
    }

    /** Ends a build, as CodeBuild would tell it: by its last phase. */
    public void end(String id, String status) {
        end(id, status, List.of(new Phase("BUILD", Duration.ZERO, status.equals("SUCCEEDED"), "it is " + status)));
    }

    /** Ends a build that ran these phases; one that has ended stays as it is. */
    public void end(String id, String status, List<Phase> phases) {
        var ended = ended(id, status, phases);
        ended.ifPresent(this::told);
    }

    private synchronized Optional<JsonNode> ended(String id, String status, List<Phase> phases) {
        var build = Objects.requireNonNull(builds.get(id));
        if (!isUnderWay(build)) {
            return Optional.empty();
        }
        var now = clock.instant().getEpochSecond();
        for (var phase : phases) {
            var told = build.withArrayProperty("phases").addObject();
            told.put("phaseType", phase.name()).put("phaseStatus", phase.succeeded() ? "SUCCEEDED" : status);
            told.put("startTime", now - phase.took().toSeconds()).put("endTime", now);
            told.put("durationInSeconds", phase.took().toSeconds());
            if (!phase.succeeded()) {
                var context = told.withArrayProperty("contexts").addObject();
                context.put("statusCode", "COMMAND_EXECUTION_ERROR").put("message", phase.message());
            }
        }
        build.withArrayProperty("phases")
                .addObject()
                .put("phaseType", "COMPLETED")
                .put("startTime", now);
        build.put("endTime", now);
        build.put("buildStatus", status).put("buildComplete", true).put("currentPhase", "COMPLETED");
        return Optional.of(build.deepCopy());
    }

    /** Outside of the lock: who hears of it may ask back. */
    private void told(JsonNode build) {
        List<Consumer<JsonNode>> all;
        synchronized (this) {
            all = List.copyOf(listeners);
        }
        all.forEach(listener -> listener.accept(build));
    }

    /** Starts a build again that has ended, as a person may in the console, and as CodeBuild does where a project says so. */
    public synchronized JsonNode retry(String id, boolean byItself) {
        var before = Objects.requireNonNull(builds.get(id));
        var again = before.deepCopy();
        var other = before.path("projectName").asText() + ":" + UUID.randomUUID();
        again.put("id", other).put("arn", ACCOUNT + "build/" + other);
        again.put("buildNumber", builds.size() + 1).put("buildStatus", "IN_PROGRESS");
        again.put("buildComplete", false).put("currentPhase", "QUEUED");
        again.remove(List.of("phases", "endTime"));
        if (byItself) {
            before.putObject("autoRetryConfig")
                    .put("autoRetryLimit", 1)
                    .put("autoRetryNumber", 0)
                    .put("nextAutoRetry", again.path("arn").asText());
            again.putObject("autoRetryConfig")
                    .put("autoRetryLimit", 1)
                    .put("autoRetryNumber", 1)
                    .put("previousAutoRetry", before.path("arn").asText());
        }
        builds.put(other, again);
        return again;
    }

    public synchronized List<ObjectNode> builds() {
        return List.copyOf(builds.values());
    }

    public synchronized Map<String, ObjectNode> projects() {
        return Map.copyOf(projects);
    }

    /** As a person may, in the console. */
    synchronized void delete(String project) {
        projects.remove(project);
    }

    public ObjectNode call(String operation, JsonNode request) throws Refusal {
        var known = builds().size();
        var answer = done(operation, request);
        if (builds().size() > known) {
            told(answer.path("build").deepCopy());
        } else if (operation.equals("StopBuild")) {
            end(answer.at("/build/id").asText(), "STOPPED", List.of());
        }
        return answer;
    }

    private synchronized ObjectNode done(String operation, JsonNode request) throws Refusal {
        return switch (operation) {
            case "CreateProject" -> create(request);
            case "UpdateProject" -> update(request);
            case "BatchGetProjects" -> found(request.path("names"), "projects", "projectsNotFound", projects);
            case "StartBuild" -> start(request);
            case "StopBuild" -> stop(request);
            case "BatchGetBuilds" -> found(request.path("ids"), "builds", "buildsNotFound", builds);
            case "ListBuildsForProject" -> list(request);
            default -> throw new IllegalArgumentException("nothing here calls " + operation);
        };
    }

    private ObjectNode create(JsonNode request) throws Refusal {
        var name = request.path("name").asText();
        if (projects.containsKey(name)) {
            throw new Refusal(
                    "ResourceAlreadyExistsException", "Project already exists: " + ACCOUNT + "project/" + name);
        }
        return project(JSON.createObjectNode(), request);
    }

    private ObjectNode update(JsonNode request) throws Refusal {
        return project(existing(request.path("name").asText()).deepCopy(), request);
    }

    private ObjectNode existing(String name) throws Refusal {
        var project = projects.get(name);
        if (project == null) {
            throw new Refusal("ResourceNotFoundException", "Project cannot be found: " + ACCOUNT + "project/" + name);
        }
        return project;
    }

    /** What an update leaves out stays as it is. */
    private ObjectNode project(ObjectNode project, JsonNode request) throws Refusal {
        request.properties().forEach(field -> project.set(field.getKey(), field.getValue()));
        var name = project.path("name").asText();
        project.put("arn", ACCOUNT + "project/" + name);
        check(project.path("source"), project.path("environment"));
        projects.put(name, project);
        return JSON.createObjectNode().set("project", project);
    }

    private static void check(JsonNode source, JsonNode environment) throws Refusal {
        var buildspec = source.path("buildspec").asText();
        if (source.path("type").asText().equals("NO_SOURCE") && buildspec.isEmpty()) {
            throw invalid("buildspec is required for project with source type NO_SOURCE");
        }
        if (buildspec.length() > LONGEST_BUILDSPEC) {
            throw invalid("Max buildspec length is " + LONGEST_BUILDSPEC);
        }
        var curated = environment.path("image").asText().startsWith("aws/codebuild/");
        var pulledBy = environment.path("imagePullCredentialsType").asText("CODEBUILD");
        if (curated && !pulledBy.equals("CODEBUILD")) {
            throw invalid("imagePullCredentialsType must be CODEBUILD for an AWS CodeBuild curated image");
        }
        for (var variable : environment.path("environmentVariables")) {
            if (variable.path("value").asText().length() > LONGEST_VALUE) {
                throw invalid("EnvironmentVariable should be at most " + LONGEST_VALUE + " characters");
            }
        }
    }

    private static Refusal invalid(String message) {
        return new Refusal("InvalidInputException", message);
    }

    private ObjectNode start(JsonNode request) throws Refusal {
        var project = existing(request.path("projectName").asText());
        var token = request.path("idempotencyToken").asText();
        var before = starts.get(token);
        if (before != null && before.at().plus(TOKENS_ARE_VALID).isAfter(clock.instant())) {
            if (!before.request().equals(request)) {
                throw invalid("Idempotency token was used with other parameters");
            }
            return JSON.createObjectNode().set("build", builds.get(before.build()));
        }
        if (builds.values().stream().filter(CodeBuildState::isUnderWay).count() >= queue) {
            throw new Refusal(
                    "AccountLimitExceededException",
                    "Cannot have more than " + queue + " builds in queue for the account");
        }
        var build = build(project, request);
        check(build.path("source"), build.path("environment"));
        builds.put(build.path("id").asText(), build);
        if (!token.isEmpty()) {
            starts.put(token, new Start(request, build.path("id").asText(), clock.instant()));
        }
        return JSON.createObjectNode().set("build", build);
    }

    private static boolean isUnderWay(JsonNode build) {
        return !build.path("buildComplete").asBoolean();
    }

    /** The project's settings, and over them what the start says. */
    private ObjectNode build(JsonNode project, JsonNode request) {
        var name = project.path("name").asText();
        var number = 1
                + builds.values().stream()
                        .filter(other -> other.path("projectName").asText().equals(name))
                        .count();
        var id = name + ":" + UUID.randomUUID();
        var build = JSON.createObjectNode().put("id", id).put("arn", ACCOUNT + "build/" + id);
        build.put("projectName", name).put("buildNumber", number).put("buildStatus", "IN_PROGRESS");
        build.put("buildComplete", false).put("currentPhase", "QUEUED").put("initiator", "sledge");
        build.put("startTime", clock.instant().getEpochSecond());
        var source = (ObjectNode) project.path("source").deepCopy();
        override(request, "buildspecOverride", source, "buildspec");
        build.set("source", source);
        build.set("environment", environment(project.path("environment").deepCopy(), request));
        build.set(
                "serviceRole",
                request.has("serviceRoleOverride") ? request.path("serviceRoleOverride") : project.path("serviceRole"));
        var cache = request.has("cacheOverride") ? request.path("cacheOverride") : project.path("cache");
        if (cache.isObject()) {
            build.set("cache", cache);
        }
        build.set("timeoutInMinutes", project.path("timeoutInMinutes"));
        build.set("queuedTimeoutInMinutes", project.path("queuedTimeoutInMinutes"));
        override(request, "timeoutInMinutesOverride", build, "timeoutInMinutes");
        override(request, "queuedTimeoutInMinutesOverride", build, "queuedTimeoutInMinutes");
        return build;
    }

    private static void override(JsonNode request, String with, ObjectNode what, String field) {
        if (request.has(with)) {
            what.set(field, request.path(with));
        }
    }

    private static ObjectNode environment(ObjectNode environment, JsonNode request) {
        override(request, "imageOverride", environment, "image");
        override(request, "computeTypeOverride", environment, "computeType");
        override(request, "environmentTypeOverride", environment, "type");
        override(request, "privilegedModeOverride", environment, "privilegedMode");
        override(request, "imagePullCredentialsTypeOverride", environment, "imagePullCredentialsType");
        var variables = new LinkedHashMap<String, JsonNode>();
        for (var from :
                List.of(environment.path("environmentVariables"), request.path("environmentVariablesOverride"))) {
            from.forEach(variable -> variables.put(variable.path("name").asText(), variable));
        }
        var all = environment.putArray("environmentVariables");
        variables.values().forEach(all::add);
        return environment;
    }

    private ObjectNode stop(JsonNode request) throws Refusal {
        var build = builds.get(request.path("id").asText());
        if (build == null) {
            throw new Refusal("ResourceNotFoundException", "Build cannot be found");
        }
        return JSON.createObjectNode().set("build", build);
    }

    private ObjectNode list(JsonNode request) throws Refusal {
        var name = existing(request.path("projectName").asText()).path("name").asText();
        var ids = builds.sequencedValues().reversed().stream()
                .filter(build -> build.path("projectName").asText().equals(name))
                .map(build -> build.path("id").asText())
                .toList();
        if (ids.size() > 100 && request.has("sortOrder")) {
            throw invalid("sortOrder cannot be used for a project with more than 100 builds");
        }
        var from = request.path("nextToken").asInt(0);
        var until = Math.min(ids.size(), from + 100);
        var answer = JSON.createObjectNode();
        ids.subList(from, until).forEach(id -> answer.withArrayProperty("ids").add(id));
        return until < ids.size() ? answer.put("nextToken", String.valueOf(until)) : answer;
    }

    /** A list without anything in it is left out: the model knows none. */
    private static ObjectNode found(JsonNode names, String field, String missing, Map<String, ObjectNode> all) {
        var answer = JSON.createObjectNode();
        names.forEach(name -> {
            var one = all.get(name.asText());
            if (one == null) {
                answer.withArrayProperty(missing).add(name);
            } else {
                answer.withArrayProperty(field).add(one);
            }
        });
        return answer;
    }
}
