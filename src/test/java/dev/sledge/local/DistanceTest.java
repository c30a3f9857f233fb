package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistanceTest {
    @Test
    void isToldInMillisecondsAndMegabytes() {
        assertThat(Distance.ofS3(Map.of("SLEDGE_S3_DISTANCE", "15/90")))
                .contains(new Distance(Duration.ofMillis(15), 90_000_000));
        assertThat(Distance.ofS3(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15/", "/90", "near/90", "-1/90", "15/0"})
    void anythingElseIsRefusedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> Distance.ofS3(Map.of("SLEDGE_S3_DISTANCE", text)))
                .isInstanceOf(LocalServiceException.class)
                .hasMessageContaining(text + " is no distance; write");
    }

    /** The last byte of an answer comes no sooner than it can from so far away. */
    @Test
    void anAnswerTakesAtLeastItsTime() {
        var pace = new Pace(new Distance(Duration.ofMillis(30), 1_000_000));
        pace.asked();
        var began = System.nanoTime();
        pace.answered(20_000);
        pace.answered(20_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(65));
    }
}
