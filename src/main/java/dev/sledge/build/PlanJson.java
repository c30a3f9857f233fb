package dev.sledge.build;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildTimeout;
import dev.sledge.plan.Cache;
import java.util.Optional;

/** Plans as {@code plan.json} and back, so that whoever hears of a build's end knows what it was to do. */
public final class PlanJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(CommitId.class, CommitIdText.class)
            .addMixIn(ImageTag.class, ImageTagText.class)
            .addMixIn(BuildTimeout.class, BuildTimeoutMinutes.class)
            .addMixIn(GitRef.class, GitRefKinds.class)
            .addMixIn(Cache.class, CacheKinds.class)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, text -> {
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
            })
            .withCoercionConfig(
                    LogicalType.Enum, name -> name.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

    private PlanJson() {}

    public static String write(BuildPlan plan) {
        try {
            return JSON.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan has no value that JSON cannot hold", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if {@code json} is no plan
     */
    public static BuildPlan read(String json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, BuildPlan.class))
                    .orElseThrow(() -> new IllegalArgumentException("this is no plan.json: it is null"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no plan.json: " + e.getOriginalMessage(), e);
        }
    }

    private abstract static class CommitIdText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        CommitIdText(@SuppressWarnings("unused") String hex) {}

        @JsonValue
        abstract String hex();
    }

    private abstract static class ImageTagText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        ImageTagText(@SuppressWarnings("unused") String value) {}

        @JsonValue
        abstract String value();
    }

    private abstract static class BuildTimeoutMinutes {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        BuildTimeoutMinutes(@SuppressWarnings("unused") int minutes) {}

        @JsonValue
        abstract int minutes();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GitRef.Branch.class, name = "branch"),
        @JsonSubTypes.Type(value = GitRef.Tag.class, name = "tag"),
        @JsonSubTypes.Type(value = GitRef.PullRequest.class, name = "pullRequest")
    })
    private interface GitRefKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Cache.Registry.class, name = "registry"),
        @JsonSubTypes.Type(value = Cache.Classic.class, name = "classic"),
        @JsonSubTypes.Type(value = Cache.Inline.class, name = "inline"),
        @JsonSubTypes.Type(value = Cache.Layout.class, name = "layout"),
        @JsonSubTypes.Type(value = Cache.Tarball.class, name = "tarball"),
        @JsonSubTypes.Type(value = Cache.Frozen.class, name = "frozen"),
        @JsonSubTypes.Type(value = Cache.Host.class, name = "host"),
        @JsonSubTypes.Type(value = Cache.None.class, name = "none")
    })
    private interface CacheKinds {}
}
