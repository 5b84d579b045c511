package dev.faultline.canary;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.world.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The counters that a query finds, as they were seen last. What they gained is added up series by
 * series: one that fell was reset, and gained what it has now; one that was never seen before began
 * at 0. One that is missing for a while keeps its last value: a scrape that failed loses nothing.
 *
 * <p>{@code increase()} of Prometheus would lose the first failure of a series that begins with it,
 * and guess at both ends of its window.
 *
 * @param last by the labels of each series; empty before anything was seen
 */
record Counters(Optional<Map<Map<String, String>, Double>> last) {

  static final Counters UNSEEN = new Counters(Optional.empty());

  Counters {
    last = last.map(Map::copyOf);
  }

  /**
   * The counters after one more look, with what they gained since the one before.
   *
   * @param gained nothing where there was no look before
   */
  record Gain(Counters now, Optional<Double> gained) {}

  /** Takes one more look; an answer that tells of no counters changes nothing. */
  Gain after(Map<Map<String, String>, Double> seen) {
    Map<Map<String, String>, Double> next = new HashMap<>(last.orElse(Map.of()));
    double gained = 0;
    for (Map.Entry<Map<String, String>, Double> one : seen.entrySet()) {
      Double before = next.put(one.getKey(), one.getValue());
      gained +=
          before == null || one.getValue() < before ? one.getValue() : one.getValue() - before;
    }
    return new Gain(
        new Counters(Optional.of(next)), last.isPresent() ? Optional.of(gained) : Optional.empty());
  }

  /** The values in an answer, or why there are none. */
  sealed interface Read {
    record Values(Map<Map<String, String>, Double> values) implements Read {}

    record None(Reading.Blind why) implements Read {}
  }

  static Read read(Answer answer) {
    return switch (answer) {
      case Answer.Unanswered none -> new Read.None(new Reading.Blind(none.reason(), none.detail()));
      case Answer.Series series when !series.warnings().isEmpty() ->
          new Read.None(
              new Reading.Blind(BlindReason.PARTIAL, String.join("; ", series.warnings())));
      case Answer.Series series -> values(series);
      default ->
          new Read.None(
              new Reading.Blind(
                  BlindReason.MALFORMED,
                  "an answer of another kind: " + answer.getClass().getSimpleName()));
    };
  }

  private static Read values(Answer.Series series) {
    Map<Map<String, String>, Double> values = new HashMap<>();
    for (Answer.OneSeries one : series.series()) {
      if (!one.samples().isEmpty()) {
        double value = one.samples().getLast().value();
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
          return new Read.None(
              new Reading.Blind(
                  Double.isNaN(value) ? BlindReason.NAN : BlindReason.MALFORMED,
                  "%s is %s, which is no counter".formatted(one.labels(), value)));
        }
        values.put(one.labels(), value);
      }
    }
    return new Read.Values(values);
  }
}
