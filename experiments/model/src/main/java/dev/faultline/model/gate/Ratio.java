package dev.faultline.model.gate;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The share of bad events: an absent {@code bad} beside a total that counts is none at all; an
 * absent or zero {@code total} is no data.
 *
 * @param bad PromQL: rate or count of bad events
 * @param total PromQL: rate or count of all events
 */
public record Ratio(String bad, String total) implements Signal {

  /** Requires both expressions. */
  public Ratio {
    InvalidValue.required(bad, "bad");
    InvalidValue.required(total, "total");
    if (bad.isBlank() || total.isBlank()) {
      throw new InvalidValue(bad.isBlank() ? "bad" : "total", "the query is empty");
    }
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.PromInstant(bad), new Query.PromInstant(total));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return share(answers.get(0), answers.get(1));
  }

  /** The share of bad events by the answers to both questions. */
  static Reading share(Answer bad, Answer total) {
    Reading all = SeriesReading.last(total);
    Reading failed = SeriesReading.last(bad);
    return switch (all) {
      case Reading.Blind blind -> about("total", blind);
      case Reading.Value value when Double.isInfinite(value.value()) ->
          new Reading.Blind(BlindReason.MALFORMED, "total: the query gave no finite number");
      case Reading.Value value when value.value() <= 0 ->
          new Reading.Blind(
              BlindReason.NO_DATA, "total is %s: no traffic".formatted(value.value()));
      case Reading.Value value -> share(failed, value.value());
    };
  }

  private static Reading share(Reading failed, double total) {
    return switch (failed) {
      case Reading.Value bad -> Reading.of(bad.value() / total);
      case Reading.Blind blind when blind.reason() == BlindReason.NO_DATA -> new Reading.Value(0);
      case Reading.Blind blind -> about("bad", blind);
    };
  }

  private static Reading about(String part, Reading.Blind blind) {
    return new Reading.Blind(blind.reason(), part + ": " + blind.detail());
  }

  @Override
  public Duration window() {
    return RangeSelectors.longest(List.of(bad, total));
  }

  @Override
  public Set<Unit> units() {
    return Set.of(Unit.NUMBER, Unit.SHARE);
  }

  @Override
  public String words() {
    return "%s / %s".formatted(bad, total);
  }
}
