package dev.sledge.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.SkipMark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One object of a delivery's JSON, read field by field: what is there is of the type it must have, or the delivery is malformed.
 */
record Payload(JsonNode json) {
    private static final Pattern FORM = Pattern.compile("(?i)application/x-www-form-urlencoded *(;.*)?");

    /** Limits against bodies made to be costly: depth, length of a string, digits of a number; a doubled key is an error. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .maxStringLength(1 << 20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * The body of a request, which is JSON or a form's field {@code payload}.
     *
     * @throws IOException if it is no JSON within the limits
     * @throws IllegalArgumentException if it is no object, or the form does not have the field
     */
    static Payload of(WebhookRequest request) throws IOException {
        var form = request.header("Content-Type").stream()
                .anyMatch(type -> FORM.matcher(type).matches());
        return of(form ? new Body(FormBody.field(request.body(), "payload")) : request.body());
    }

    /**
     * A body that is JSON.
     *
     * @throws IOException if it is none within the limits
     * @throws IllegalArgumentException if it is no object
     */
    static Payload of(Body body) throws IOException {
        var json = JSON.readTree(body.bytes());
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body is no JSON object");
        }
        return new Payload(json);
    }

    String text(String field) {
        var value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("field '" + field + "' is missing or no text");
        }
        return value.textValue();
    }

    /** A text that may be left out or null, then {@code otherwise}. */
    String text(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    boolean flag(String field) {
        var value = json.path(field);
        if (has(field) && !value.isBoolean()) {
            throw new IllegalArgumentException("field '" + field + "' is no truth value");
        }
        return value.asBoolean(false);
    }

    long number(String field) {
        var value = json.path(field);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("field '" + field + "' is missing or no whole number");
        }
        return value.longValue();
    }

    /** Whether a field is there and not null. */
    boolean has(String field) {
        return json.hasNonNull(field);
    }

    Payload object(String field) {
        var value = json.path(field);
        if (!value.isObject()) {
            throw new IllegalArgumentException("field '" + field + "' is missing or no object");
        }
        return new Payload(value);
    }

    /** The objects of a list; none if it is not there. */
    List<Payload> list(String field) {
        if (!has(field)) {
            return List.of();
        }
        if (!json.path(field).isArray()) {
            throw new IllegalArgumentException("field '" + field + "' is no list");
        }
        var objects = new ArrayList<Payload>();
        for (var value : json.path(field)) {
            if (!value.isObject()) {
                throw new IllegalArgumentException("field '" + field + "' holds something that is no object");
            }
            objects.add(new Payload(value));
        }
        return objects;
    }

    /** The message of the commit {@code id} in a list of commits, as far as the forge sends it along. */
    SkipMark skip(String commits, CommitId id) {
        return list(commits).stream()
                .filter(commit -> commit.text("id", "").equals(id.hex()))
                .findFirst()
                .map(commit -> commit.skip("message"))
                .orElseGet(SkipMark.Untold::new);
    }

    /** What a commit's message asks for. */
    SkipMark skip(String message) {
        return json.path(message).isTextual() ? SkipMark.of(text(message)) : new SkipMark.Untold();
    }

    /** The full name of a repository as GitHub and those after it write it; very old versions write its parts. */
    String fullName() {
        if (has("full_name")) {
            return text("full_name");
        }
        var owner = object("owner");
        var name = Stream.of("login", "username", "name")
                .filter(owner::has)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("field 'full_name' is missing"));
        return owner.text(name) + "/" + text("name");
    }

    /** A repository's default branch, which old versions of some forges leave out, and which is empty while the repository is. */
    DefaultBranch defaultBranch(String field) {
        return !text(field, "").isEmpty()
                ? new DefaultBranch.Named(new GitRef.Branch(text(field)))
                : new DefaultBranch.Untold();
    }

    /** Where a ref pointed before; zeros or nothing where it was not there. */
    Before before(String field) {
        if (!has(field) || isZero(commit(field))) {
            return new Before.Nothing();
        }
        return new Before.At(commit(field));
    }

    /** The hash of a commit, or the zeros that stand for none. */
    CommitId commit(String field) {
        return new CommitId(text(field));
    }

    /** How git writes that a ref is not there. */
    static boolean isZero(CommitId commit) {
        return commit.hex().chars().allMatch(digit -> digit == '0');
    }
}
