package dev.faultline.reports.json;

import dev.faultline.reports.facts.ObservationFacts;
import java.util.List;

/**
 * One observation.
 *
 * @param query what is asked, in the language of its source
 * @param figures what each number of a look is, in words
 * @param blind looks in which not every figure could be read; they are left out
 * @param looks the others, in order
 */
public record ObservationPart(
    String name, String query, List<String> figures, long blind, List<LookPart> looks) {

  /** One look, with a number for each figure. */
  public record LookPart(double atSeconds, List<Double> values) {
    static LookPart of(ObservationFacts.Look look) {
      return new LookPart(Seconds.of(look.elapsed()), look.values());
    }
  }

  static ObservationPart of(ObservationFacts one) {
    return new ObservationPart(
        one.name(),
        one.query(),
        one.figures(),
        one.blind(),
        one.seen().stream().map(LookPart::of).toList());
  }
}
