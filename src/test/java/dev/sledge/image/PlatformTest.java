package dev.sledge.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
    @Test
    void isWrittenAsDockerReadsIt() {
        assertThat(Platform.LINUX_AMD64).hasToString("linux/amd64");
        assertThat(new Platform("linux", "arm", "v7")).hasToString("linux/arm/v7");
    }

    @ParameterizedTest
    @CsvSource({
        "'', amd64, ''",
        "linux, '', ''",
        "Linux, amd64, ''",
        "linux, amd64, V7",
        "linux, a/b, ''",
        "linux, 'a,b', ''"
    })
    void whatIsNotThreeWordsIsNoPlatform(String os, String architecture, String variant) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Platform(os, architecture, variant));
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
