package dev.faultline.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.past.Incident;
import dev.faultline.engine.past.Replay;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Moments;
import dev.faultline.model.world.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RolloutReplayTest {

  private static final RolloutSpec SPEC = RolloutSimulation.spec(RolloutSimulation.SPEC);
  private static final Instant FIRST = Instant.parse("2026-03-14T09:00:00Z");
  private static final Moments BLOCKS = new Moments(FIRST, Duration.ofSeconds(2), 300);

  @Test
  void aCanaryThatWasWorseIsBlamedAgainAndAgain() {
    Replay replay = replay(counting(0.2));

    assertThat(replay.alarms()).hasSizeGreaterThan(1);
    assertThat(replay.alarms().getFirst().words()).contains("requests failed at the canary");
    assertThat(replay.alarms().getFirst().began()).isEqualTo(FIRST);
    assertThat(replay.alarms().getFirst().raised()).isAfter(FIRST);
    assertThat(replay.blindLooks()).isZero();
  }

  @Test
  void anAlarmBeginsWhereTheEvidenceDoes() {
    int turns = 200;
    Replay replay =
        replay(
            (query, moments) -> {
              List<Answer> good = counting(0.01).ask(query, moments);
              List<Answer> bad = counting(0.5).ask(query, moments);
              return IntStream.range(0, moments.count())
                  .mapToObj(block -> (block < turns ? good : bad).get(block))
                  .toList();
            });

    assertThat(replay.alarms().getFirst().began())
        .isBetween(BLOCKS.at(turns - 5), BLOCKS.at(turns));
    assertThat(replay.falseAlarms(List.of(new Incident(BLOCKS.at(20), BLOCKS.at(30)))))
        .isEqualTo(replay.alarms());
  }

  @Test
  void aCanaryThatWasAsGoodIsNot() {
    assertThat(replay(counting(0.01)).alarms()).isEmpty();
  }

  @Test
  void countsBlameSooner() {
    RolloutSpec counts =
        RolloutSimulation.spec(
            RolloutSimulation.SPEC.replaceFirst("'errors': ", "'test': 'counts', 'errors': "));
    Past past = counting(0.1);

    assertThat(RolloutReplay.of(counts, past, BLOCKS).getFirst().alarms().getFirst().raised())
        .isBefore(replay(past).alarms().getFirst().raised());
  }

  @Test
  void aTimeWithoutACanaryIsNotSeen() {
    Replay replay =
        replay(
            (query, moments) ->
                query.text().contains("v2") ? none(moments) : counting(0.01).ask(query, moments));

    assertThat(replay.sawNothing()).isTrue();
    assertThat(replay.blind()).isEqualTo(Map.of(BlindReason.NO_DATA, 300));
    assertThat(replay.example()).isEqualTo("no requests of v2 are counted");
  }

  private static Replay replay(Past past) {
    return RolloutReplay.of(SPEC, past, BLOCKS).getFirst();
  }

  /** Each block 20 requests at the canary and 80 at stable, of which one in a hundred fails. */
  private static Past counting(double canaryBad) {
    return (query, moments) ->
        IntStream.range(0, moments.count())
            .<Answer>mapToObj(
                block -> {
                  boolean canary = query.text().contains("v2");
                  double requests = (canary ? 20 : 80) * (block + 1.0);
                  double share = canary ? canaryBad : 0.01;
                  boolean bad = query.text().startsWith("bad{");
                  return series(moments.at(block), bad ? Math.floor(requests * share) : requests);
                })
            .toList();
  }

  private static List<Answer> none(Moments moments) {
    return IntStream.range(0, moments.count())
        .<Answer>mapToObj(_ -> new Answer.Series(List.of(), List.of(), Duration.ZERO))
        .toList();
  }

  private static Answer series(Instant at, double value) {
    return new Answer.Series(
        List.of(new Answer.OneSeries(Map.of("job", "x"), List.of(new Answer.Sample(at, value)))),
        List.of(),
        Duration.ZERO);
  }
}
