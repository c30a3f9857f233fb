package dev.sledge.dockerfile;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The instructions that exist. */
enum Keyword {
    ADD(true),
    // BuildKit does not look at the flags of ARG and STOPSIGNAL at all.
    ARG(true),
    CMD(false),
    COPY(true),
    ENTRYPOINT(false),
    ENV(false),
    EXPOSE(false),
    FROM(true),
    HEALTHCHECK(true),
    LABEL(false),
    MAINTAINER(false),
    ONBUILD(false),
    RUN(true),
    SHELL(false),
    STOPSIGNAL(true),
    USER(false),
    VOLUME(false),
    WORKDIR(false);

    static final List<String> NAMES = Arrays.stream(values()).map(Keyword::name).toList();

    private static final Map<String, Keyword> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(key -> LowerCase.of(key.name()), key -> key));

    private final boolean takesFlags;

    Keyword(boolean takesFlags) {
        this.takesFlags = takesFlags;
    }

    /** The instruction of this name in any case. */
    static Optional<Keyword> of(String word) {
        return Optional.ofNullable(BY_NAME.get(LowerCase.of(word)));
    }

    /** Whether flags are no error in front of its arguments. */
    boolean takesFlags() {
        return takesFlags;
    }
}
