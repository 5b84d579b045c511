package dev.faultline.model.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import dev.faultline.model.world.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ObservationTest {

  private static final Answer NONE = new Answer.Unanswered(BlindReason.UNREACHABLE, "refused");

  private static Answer.OneSeries one(Map<String, String> labels, double value) {
    return new Answer.OneSeries(labels, List.of(new Answer.Sample(Instant.EPOCH, value)));
  }

  private static Answer series(Answer.OneSeries... all) {
    return new Answer.Series(Arrays.asList(all), List.of(), Duration.ZERO);
  }

  private static Answer number(double value) {
    return series(one(Map.of(), value));
  }

  private static Reading state(Answer answer) {
    return new Breaker("b").read(List.of(answer)).getFirst();
  }

  private static BlindReason blind(Reading reading) {
    assertThat(reading).isInstanceOf(Reading.Blind.class);
    return ((Reading.Blind) reading).reason();
  }

  @Test
  void everyObservationComesBackEqualFromText() {
    List<Observation> all = List.of(new Breaker("b"), new Retries("c", "r"), new Fallback("f"));
    assertThat(all).hasSize(Observation.class.getPermittedSubclasses().length);
    for (Observation what : all) {
      String written = Codec.json().writerFor(Observation.class).writeValueAsString(what);
      assertThat(written).startsWith("{\"" + Words.wordOf(what) + "\":");
      assertThat(Codec.json().readValue(written, Observation.class)).isEqualTo(what);
      assertThat(what.read(what.queries().stream().map(_ -> number(2)).toList()))
          .hasSameSizeAs(what.figures());
    }
    assertThat(Codec.json().readValue("{\"breaker\": \"b\"}", Observation.class))
        .isEqualTo(new Breaker("b"));
  }

  @Test
  void aBreakerIsReadFromOneNumber() {
    assertThat(state(number(2))).isEqualTo(new Reading.Value(2));
    assertThat(blind(state(number(3)))).isEqualTo(BlindReason.MALFORMED);
    assertThat(blind(state(number(0.5)))).isEqualTo(BlindReason.MALFORMED);
    assertThat(blind(state(series()))).isEqualTo(BlindReason.NO_DATA);
    assertThat(blind(state(NONE))).isEqualTo(BlindReason.UNREACHABLE);
  }

  @Test
  void aBreakerIsReadFromASeriesForEachState() {
    Answer.OneSeries closed = one(Map.of("state", "closed"), 0);
    Answer.OneSeries halfOpen = one(Map.of("state", "half_open"), 1);
    assertThat(state(series(closed, halfOpen))).isEqualTo(new Reading.Value(1));
    assertThat(state(series(closed, one(Map.of("state", "forced_open"), 1))))
        .isEqualTo(new Reading.Value(2));
    assertThat(blind(state(series(closed)))).isEqualTo(BlindReason.NO_DATA);
    assertThat(blind(state(series(halfOpen, one(Map.of("state", "open"), 1)))))
        .as("two breakers at once")
        .isEqualTo(BlindReason.AMBIGUOUS);
    assertThat(blind(state(series(closed, one(Map.of("state", "ajar"), 1)))))
        .isEqualTo(BlindReason.MALFORMED);
  }

  @Test
  void retriesReadBothOfTheirQueries() {
    assertThat(new Retries("c", "r").read(List.of(number(30), NONE)))
        .containsExactly(
            new Reading.Value(30), new Reading.Blind(BlindReason.UNREACHABLE, "refused"));
    assertThat(Retries.multiplied(30, 20)).hasValue(3);
    assertThat(Retries.multiplied(20, 20)).as("no first attempt").isEmpty();
  }

  @Test
  void anEmptyQueryIsRefused() {
    assertThatThrownBy(() -> new Breaker(" ")).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> new Fallback("")).isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> new Retries("c", " ")).isInstanceOf(InvalidValue.class);
  }
}
