package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sledge.JsonFields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field of every sample, dropped or of another type: an answer each time, never an exception. */
class ChangedFieldsTest {
    private static final List<String> NEEDED =
            List.of("/ref", "/before", "/after", "/repository", "/repository/full_name");

    static Stream<String> pushes() {
        return GitHubPushTest.samples()
                .filter(row -> "push".equals(row.get()[1]))
                .map(row -> String.valueOf(row.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("pushes")
    void aPushWithAFieldDroppedOrRetypedHasAnAnswer(String file) throws JsonProcessingException {
        for (var changed : JsonFields.changed(Deliveries.sample(file))) {
            assertThatNoException().as("%s", changed).isThrownBy(() -> Deliveries.push(changed.text()));
            if (NEEDED.contains(changed.at())) {
                assertThat(Deliveries.push(changed.text())).as("%s", changed).isInstanceOf(Received.Malformed.class);
            }
        }
    }
}
