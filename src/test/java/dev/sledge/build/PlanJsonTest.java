package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sledge.Golden;
import dev.sledge.JsonFields;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
    private static final Path PLANS = Path.of("src/test/resources/plan");

    /** Goldens are compared as text elsewhere; here it is that what they say is all there. */
    @ParameterizedTest
    @ValueSource(strings = {"classic-leaves", "other-branch", "git-tag", "cache-none"})
    void noFieldOfAPlanCanBeLeftOutOrBeOfAnotherType(String kind) throws JsonProcessingException {
        for (var changed : JsonFields.changed(Golden.read(PLANS.resolve(kind + "/plan.json")))) {
            try {
                var plan = PlanJson.read(changed.text());
                // An element of a list may be missing, and the remote is a URI, which any value can be written as.
                var passes = changed.at().matches(".*/[0-9]+")
                        || changed.sameType()
                        || (changed.at().equals("/source/remote")
                                && changed.to().isValueNode());
                if (!passes) fail("%s to %s is read as %s", changed.at(), changed.to(), plan);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("this is no plan.json: ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "{", "{}", "[]", "1", "\"plan\"", "\0"})
    void whatIsNoPlanIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlanJson.read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "null"})
    void textBehindAPlanIsRefused(String text) {
        var plan = Golden.read(PLANS.resolve("default-branch/plan.json"));
        assertThatIllegalArgumentException().isThrownBy(() -> PlanJson.read(plan + text));
    }
}
