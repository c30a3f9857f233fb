package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sledge.build.FrozenReport;
import dev.sledge.cli.ProjectRepository.Change;
import dev.sledge.local.LocalServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchRoundsTest {
    private final List<String> built = new ArrayList<>();

    /** Builds in no time, and fails at some changes. */
    private final class Fails implements BenchRounds.Builder {
        private final BenchWay way;
        private final List<Integer> at;

        private Fails(String way, Integer... at) {
            this.way = BenchWay.of(way);
            this.at = List.of(at);
        }

        @Override
        public BenchWay way() {
            return way;
        }

        @Override
        public BenchRunner.Run run(Change change, int number) {
            built.add(way.label() + " " + change + " " + number);
            if (at.contains(number)) {
                throw new LocalServiceException("parent snapshot does not exist");
            }
            return new BenchRunner.Run(Duration.ofSeconds(number), FrozenReport.none());
        }
    }

    @Test
    void eachChangeIsBuiltByAllBeforeTheNextIsMade() {
        var rounds = new BenchRounds(List.of(new Fails("persistent"), new Fails("buildx")), what -> {});
        rounds.begin();
        rounds.measure(Change.SOURCE, 2);
        assertThat(built)
                .containsExactly(
                        "persistent FIRST 0",
                        "buildx FIRST 0",
                        "persistent SOURCE 1",
                        "buildx SOURCE 1",
                        "persistent SOURCE 2",
                        "buildx SOURCE 2");
        assertThat(rounds.rows()).extracting(BenchRow::seconds).containsExactly(List.of(1.0, 2.0), List.of(1.0, 2.0));
    }

    @Test
    void aBuildOfAKeptEngineIsDoneAgainIfItFailsWithAChangeThatNobodyMadeYet() {
        var said = new ArrayList<String>();
        var rounds = new BenchRounds(List.of(new Fails("persistent", 1), new Fails("buildx")), said::add);
        rounds.measure(Change.SOURCE, 2);
        assertThat(built)
                .containsExactly(
                        "persistent SOURCE 1",
                        "persistent SOURCE 2",
                        "buildx SOURCE 1",
                        "persistent SOURCE 3",
                        "buildx SOURCE 3");
        assertThat(said).contains("persistent failed and is run again: parent snapshot does not exist");
    }

    /** Its cache may not be there the next time, and a cold build be taken for a slow one. */
    @Test
    void anyOtherBuildThatFailsEndsTheComparisonAndWhatWasMeasuredIsKept() {
        var rounds = new BenchRounds(List.of(new Fails("persistent"), new Fails("registry", 2)), what -> {});
        assertThatThrownBy(() -> rounds.measure(Change.SOURCE, 5)).hasMessageContaining("parent snapshot");
        assertThat(rounds.rows()).extracting(BenchRow::runs).containsExactly("1.0 2.0", "1.0");
        assertThat(built).last().isEqualTo("registry SOURCE 2");
    }
}
