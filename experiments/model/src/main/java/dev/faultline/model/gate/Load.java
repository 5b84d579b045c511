package dev.faultline.model.gate;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Latencies;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.codec.Words;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the experiment's own load met: {@code load: errors}, {@code load: p99}.
 *
 * <p>Read from its newest complete seconds, those in which every request has ended. A target that
 * hangs altogether therefore reads as errors, once its requests have run into the timeout of the
 * load; until then the figures are those from before.
 *
 * @param read which figure
 * @param over how many complete seconds; 5s when absent
 */
public record Load(Figure read, Optional<Duration> over) implements Signal {

  /** Figures of the load; latencies in seconds from the intended start of each request. */
  public enum Figure {
    /** Share of failed requests. */
    ERRORS,
    /** Answered requests per second. */
    RATE,
    /** Median latency. */
    P50,
    /** 95th percentile of latency. */
    P95,
    /** 99th percentile of latency. */
    P99,
    /** 99.9th percentile of latency. */
    P999;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Requires a figure. */
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public Load {
    InvalidValue.required(read, "read");
  }

  /** A figure over the newest five complete seconds. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Load of(String read) {
    return Arrays.stream(Figure.values())
        .filter(figure -> figure.word().equals(read))
        .findFirst()
        .map(figure -> new Load(figure, Optional.empty()))
        .orElseThrow(
            () ->
                new InvalidValue(
                    Words.unknown(
                        "figure",
                        read,
                        Arrays.stream(Figure.values()).map(Figure::word).toList())));
  }

  @Override
  public List<Query> queries() {
    return List.of(new Query.LoadStatus(window()));
  }

  @Override
  public Reading read(List<Answer> answers) {
    return switch (answers.getFirst()) {
      case Answer.LoadFigures figures -> figure(figures.intervals());
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      default -> SeriesReading.malformed(answers.getFirst());
    };
  }

  private Reading figure(List<LoadInterval> intervals) {
    long intended = intervals.stream().mapToLong(LoadInterval::intended).sum();
    if (intended == 0) {
      return new Reading.Blind(BlindReason.NO_DATA, "no request of the load was due yet");
    }
    return switch (read) {
      case ERRORS ->
          new Reading.Value(
              (double) intervals.stream().mapToLong(LoadInterval::failed).sum() / intended);
      case RATE ->
          new Reading.Value(
              (double) intervals.stream().mapToLong(LoadInterval::answered).sum()
                  / intervals.size());
      case P50 -> percentile(intervals, 50);
      case P95 -> percentile(intervals, 95);
      case P99 -> percentile(intervals, 99);
      case P999 -> percentile(intervals, 99.9);
    };
  }

  private static Reading percentile(List<LoadInterval> intervals, double percent) {
    try {
      Latencies all = Latencies.merge(intervals.stream().map(LoadInterval::histogram).toList());
      return all.count() == 0
          ? new Reading.Blind(BlindReason.NO_DATA, "no request of the load has ended yet")
          : new Reading.Value(all.percentile(percent).toNanos() / 1e9);
    } catch (IllegalArgumentException broken) {
      return new Reading.Blind(BlindReason.MALFORMED, String.valueOf(broken.getMessage()));
    }
  }

  @Override
  public Duration window() {
    return over.orElse(Duration.ofSeconds(5));
  }

  @Override
  public Set<Unit> units() {
    return switch (read) {
      case ERRORS -> Set.of(Unit.NUMBER, Unit.SHARE);
      case RATE -> Set.of(Unit.PER_SECOND);
      case P50, P95, P99, P999 -> Set.of(Unit.SECONDS);
    };
  }

  @Override
  public String words() {
    return "load " + read.word();
  }
}
