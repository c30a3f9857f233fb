package dev.sledge.dockerfile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    private final boolean takesFlags;

    Keyword(boolean takesFlags) {
        this.takesFlags = takesFlags;
    }

    /** The instruction of this name in any case. */
    static Optional<Keyword> of(String word) {
        var name = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(keyword -> keyword.name().equals(name))
                .findFirst();
    }

    /** Whether flags are no error in front of its arguments. */
    boolean takesFlags() {
        return takesFlags;
    }
}
