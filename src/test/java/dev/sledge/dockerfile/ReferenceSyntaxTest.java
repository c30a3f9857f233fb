package dev.sledge.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of distribution/reference, edge by edge. */
class ReferenceSyntaxTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpine",
                "a/b:1",
                "localhost/x",
                "reg:5000/x/y",
                "[::1]:5000/x",
                "a--b",
                "a__b",
                "0",
                "Registry/path",
                "ghcr.io/a/b_c.d-e:v1.2-X_y"
            })
    void acceptsWhatRegistriesAccept(String reference) {
        assertThat(ReferenceSyntax.fault(reference)).isEmpty();
        assertThat(ReferenceSyntax.fault(reference + "@sha256:" + "0a".repeat(32)))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "A, has capital letters in its repository name",
        "foo/Bar, has capital letters in its repository name",
        "a..b, has an invalid repository name",
        "a._b, has an invalid repository name",
        "-a, has an invalid repository name",
        "a//b, has an invalid repository name",
        "'', has an invalid repository name",
        "a:, has an invalid tag",
        "a:-x, has an invalid tag",
        "a@sha256:12, has an invalid digest",
        "a@md5:12, has an invalid digest",
        "-x.io/a, has an invalid registry name",
        "x.io:port/a, has an invalid registry name",
    })
    void saysWhatIsWrong(String reference, String fault) {
        assertThat(ReferenceSyntax.fault(reference)).contains(fault);
    }

    @Test
    void imageIdsAndOverlongNamesAreNoReferences() {
        assertThat(ReferenceSyntax.fault("a".repeat(64))).contains("is an image id, which no registry knows");
        assertThat(ReferenceSyntax.fault("a".repeat(256))).contains("has a repository name longer than 255");
        assertThat(ReferenceSyntax.fault("a/".repeat(5000))).contains("is longer than 1024 characters");
    }
}
