package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubImageTest {
    /** As distribution's reference package reads them: a first part with a dot, a port or the name localhost is a host. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            debian:trixie-slim,               library/debian,   trixie-slim
            debian,                           library/debian,   latest
            docker.io/debian:12,              library/debian,   12
            docker.io/library/debian:12,      library/debian,   12
            rustlang/rust:nightly,            rustlang/rust,    nightly
            """)
    void imagesOfDockerHubAreThoseThatItsMirrorIsAskedFor(String reference, String path, String tag) {
        assertThat(HubImage.parse(reference)).contains(new HubImage(path, tag));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            public.ecr.aws/docker/library/debian:12
            localhost/debian
            localhost:5000/debian
            registry:5000/debian:12
            debian@sha256:e3b990b0b93e64823a01413f5a68af69cda84afd8eb3e3e3b990b0b93e64823a
            Debian
            """)
    void othersAreLeftToTheBuild(String reference) {
        assertThat(HubImage.parse(reference)).isEmpty();
    }
}
