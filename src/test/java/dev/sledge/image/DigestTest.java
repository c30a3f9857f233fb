package dev.sledge.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    @Test
    void isWrittenAsARegistryReadsIt() {
        var empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(new Digest(empty)).hasToString(empty);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256:",
                "sha256:ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789",
                "sha256:0123",
                "sha512:0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
            })
    void whatIsNoSha256IsNoDigest(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Digest(text));
    }
}
