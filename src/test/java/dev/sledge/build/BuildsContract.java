package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.plan.BuildPlan;
import dev.sledge.render.BuildspecRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What all {@link Builds} do when a build is started, and when the same start is tried again. */
public abstract class BuildsContract {
    private static final StartToken ONE = StartToken.of("claims/one", 1);
    private static final StartToken TWO = StartToken.of("claims/two", 1);

    /** Those under test, where nothing was started yet. */
    protected abstract Builds builds();

    /** A plan of a real push. */
    protected static BuildPlan plan() {
        try {
            return PlanJson.read(Files.readString(Path.of("src/test/resources/build/logs/partly-hit/plan.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private StartedBuild start(StartToken token) {
        return builds().start(plan(), BuildspecRenderer.render(plan(), "s3://bucket/uploads"), token);
    }

    @Test
    protected void buildsOfAProjectAreCounted() {
        assertThat(start(ONE).number()).isEqualTo(1);
        assertThat(start(TWO).number()).isEqualTo(2);
        assertThat(start(StartToken.of("claims/two", 2)).number()).isEqualTo(3);
    }

    @Test
    protected void theSameStartTriedAgainIsTheSameBuild() {
        var first = start(ONE);
        assertThat(start(ONE)).isEqualTo(first);
        assertThat(start(TWO)).isNotEqualTo(first);
        assertThat(start(ONE)).isEqualTo(first);
    }

    @Test
    protected void aBuildThatIsStoppedTwiceIsStopped() {
        var build = start(ONE);
        builds().stop(build);
        builds().stop(build);
    }

    @Test
    protected void aBuildIsFoundByItsToken() {
        assertThat(builds().find(plan(), ONE)).isEmpty();
        var first = start(ONE);
        assertThat(builds().find(plan(), TWO)).isEmpty();
        var second = start(TWO);
        assertThat(builds().find(plan(), ONE)).contains(first);
        assertThat(builds().find(plan(), TWO)).contains(second);
    }
}
