package dev.faultline.engine.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateReplayTest {

  private static final Instant FIRST = Instant.parse("2026-03-14T09:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(15);

  @Test
  void aBreachIsAnAlarmOnceItHasLasted() {
    Replay replay = replay(Duration.ofSeconds(30), 0.1, 2, 2, 2, 2, 0.1);

    assertThat(replay.alarms()).containsExactly(new Alarm(at(1), at(3), at(4), "200%"));
    assertThat(replay.looks()).isEqualTo(6);
  }

  @Test
  void whatDoesNotLastIsNoAlarm() {
    assertThat(replay(Duration.ofSeconds(30), 2, 2, 0.1, 2, 2).alarms()).isEmpty();
  }

  @Test
  void eachBreachIsAnAlarmOfItsOwn() {
    assertThat(replay(Duration.ZERO, 2, 0.1, 3, 3).alarms())
        .containsExactly(
            new Alarm(at(0), at(0), at(0), "200%"), new Alarm(at(2), at(2), at(3), "300%"));
  }

  @Test
  void whatIsNotSeenIsCountedAndNoAlarm() {
    Replay replay = replay(Duration.ZERO, Double.NaN, 0.1, Double.NaN);

    assertThat(replay.alarms()).isEmpty();
    assertThat(replay.blind()).isEqualTo(Map.of(BlindReason.NAN, 2));
    assertThat(replay.sawNothing()).isFalse();
  }

  @Test
  void alarmsOutsideOfIncidentsAreFalse() {
    Replay replay = replay(Duration.ZERO, 2, 0.1, 0.1, 2, 2, 0.1);
    Incident incident = new Incident(at(2), at(4));

    assertThat(replay.falseAlarms(List.of(incident))).containsExactly(replay.alarms().getFirst());
    assertThat(incident.delay(replay.alarms())).contains(STEP);
    assertThat(new Incident(at(5), at(6)).delay(replay.alarms())).isEmpty();
  }

  private static Instant at(int look) {
    return FIRST.plus(STEP.multipliedBy(look));
  }

  private static Replay replay(Duration lasting, double... values) {
    Gate gate =
        new Gate(
            "errors",
            Prometheus.of("errors"),
            Optional.of(new Bound.Below(Quantity.parse("100%"))),
            Optional.of(lasting),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Moments moments = new Moments(FIRST, STEP, values.length);
    return GateReplay.of(
        gate,
        (_, all) ->
            IntStream.range(0, all.count())
                .<Answer>mapToObj(look -> series(all.at(look), values[look]))
                .toList(),
        moments,
        STEP);
  }

  private static Answer series(Instant at, double value) {
    return new Answer.Series(
        List.of(new Answer.OneSeries(Map.of(), List.of(new Answer.Sample(at, value)))),
        List.of(),
        Duration.ZERO);
  }
}
