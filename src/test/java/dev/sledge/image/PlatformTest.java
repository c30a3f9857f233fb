package dev.sledge.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
