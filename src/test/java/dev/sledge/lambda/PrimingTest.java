package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** The samples go all their way; whoever breaks one hears of it here, and not by a slower first event. */
class PrimingTest {
    @Test
    void theSamplePushIsPlannedAndRendered() {
        assertThatCode(SamplePush::prime).doesNotThrowAnyException();
    }

    @Test
    void theSampleDeliveryIsVerifiedAndAccepted() {
        assertThatCode(SampleDelivery::prime).doesNotThrowAnyException();
    }
}
