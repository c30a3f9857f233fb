package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.EngineReport.Place;
import dev.sledge.build.EngineReport.Told;
import dev.sledge.build.EngineReport.Untold;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineReportTest {
    @Test
    void whatTheBuildWroteIsRead() {
        assertThat(EngineReport.read("{\"state\": \"memory\", \"why\": \"there is room\", \"mebibytes\": 812}"))
                .isEqualTo(new Told(Place.MEMORY, 812, "there is room"));
    }

    @Test
    void whatIsLessThanNothingIsNotCounted() {
        assertThat(EngineReport.read("{\"state\": \"disk\", \"mebibytes\": -4}").counted())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"state\": \"MEMORY\"}", "{\"state\": 7, \"mebibytes\": 1}"})
    void anythingElseTellsNothing(String text) {
        assertThat(EngineReport.read(text)).isEqualTo(new Untold());
    }
}
