package dev.faultline.model.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * One number from Prometheus: {@code prometheus: EXPRESSION}, or over a range of time.
 *
 * @param query a PromQL expression that gives one series
 * @param over how far back to look; the present moment when absent
 * @param step distance of the samples of the range; 1s when absent
 * @param reduce what becomes of the samples of the range; {@code last} when absent
 */
public record Prometheus(
    String query, Optional<Duration> over, Optional<Duration> step, Optional<Reduce> reduce)
    implements Signal {

  /** Ways to make one number of several samples. */
  public enum Reduce {
    /** The newest. */
    LAST,
    /** The smallest. */
    MIN,
    /** The largest. */
    MAX,
    /** The mean. */
    AVG
  }

  /** Requires an expression; a range must hold at least one step. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Prometheus {
    InvalidValue.required(query, "query");
    if (query.isBlank()) {
      throw new InvalidValue("query", "the query is empty");
    }
    if (over.isEmpty() && (step.isPresent() || reduce.isPresent())) {
      throw new InvalidValue(
          "'step' and 'reduce' belong to a range; add 'over', such as 'over: 30s'");
    }
  }

  /** An expression at the present moment. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Prometheus of(String query) {
    return new Prometheus(query, Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public List<Query> queries() {
    return List.of(
        over.<Query>map(
                range -> new Query.PromRange(query, range, step.orElse(Duration.ofSeconds(1))))
            .orElseGet(() -> new Query.PromInstant(query)));
  }

  @Override
  public Reading read(List<Answer> answers) {
    ToDoubleFunction<List<Answer.Sample>> reducer =
        samples -> reduced(samples.stream().mapToDouble(Answer.Sample::value));
    return over.isPresent()
        ? SeriesReading.read(answers.getFirst(), reducer)
        : SeriesReading.last(answers.getFirst());
  }

  private double reduced(DoubleStream values) {
    return switch (reduce.orElse(Reduce.LAST)) {
      case LAST -> values.reduce(Double.NaN, (older, newer) -> newer);
      case MIN -> values.min().orElse(Double.NaN);
      case MAX -> values.max().orElse(Double.NaN);
      case AVG -> values.average().orElse(Double.NaN);
    };
  }

  @Override
  public Duration window() {
    return RangeSelectors.longest(List.of(query)).plus(over.orElse(Duration.ZERO));
  }

  @Override
  public Set<Unit> units() {
    return Set.of(Unit.values());
  }

  @Override
  public String words() {
    return query;
  }
}
