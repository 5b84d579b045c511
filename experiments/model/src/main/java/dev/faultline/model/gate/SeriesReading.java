package dev.faultline.model.gate;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Reading;
import dev.faultline.model.world.Answer;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rules by which an answer of Prometheus is, or is not, one number. */
public final class SeriesReading {

  private SeriesReading() {}

  /** The newest sample of the one series; blind, with the reason, where there is none. */
  public static Reading last(Answer answer) {
    return read(answer, samples -> samples.getLast().value());
  }

  static Reading read(Answer answer, ToDoubleFunction<List<Answer.Sample>> reduce) {
    return switch (answer) {
      case Answer.Unanswered none -> new Reading.Blind(none.reason(), none.detail());
      case Answer.Series series -> oneNumber(series, reduce);
      default -> malformed(answer);
    };
  }

  static Reading malformed(Answer answer) {
    return new Reading.Blind(
        BlindReason.MALFORMED, "an answer of another kind: " + answer.getClass().getSimpleName());
  }

  private static Reading oneNumber(
      Answer.Series answer, ToDoubleFunction<List<Answer.Sample>> reduce) {
    if (!answer.warnings().isEmpty()) {
      return new Reading.Blind(BlindReason.PARTIAL, String.join("; ", answer.warnings()));
    }
    if (answer.series().isEmpty()) {
      return new Reading.Blind(BlindReason.NO_DATA, "the query gave no series");
    }
    if (answer.series().size() > 1) {
      return new Reading.Blind(
          BlindReason.AMBIGUOUS,
          "the query gave %d series, such as %s and %s; reduce it to one with sum or max"
              .formatted(
                  answer.series().size(),
                  answer.series().get(0).labels(),
                  answer.series().get(1).labels()));
    }
    List<Answer.Sample> samples = answer.series().getFirst().samples();
    return samples.isEmpty()
        ? new Reading.Blind(BlindReason.NO_DATA, "the series has no samples")
        : Reading.of(reduce.applyAsDouble(samples));
  }
}
