package dev.faultline.reports.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One figure of two runs.
 *
 * @param part what it belongs to
 * @param name which figure
 * @param first of the first run, as people write it
 * @param second of the second run
 * @param firstValue the same as a number, in seconds, as a share of one or a count; empty where
 *     there is none
 * @param secondValue of the second run
 * @param change what became of it
 * @param test what a test says of the difference; empty where there is none
 */
public record Row(
    String part,
    String name,
    String first,
    String second,
    Optional<Double> firstValue,
    Optional<Double> secondValue,
    Change change,
    Optional<Tested> test) {

  /** A figure of which no test speaks. */
  Row(
      String part,
      String name,
      String first,
      String second,
      Optional<Double> firstValue,
      Optional<Double> secondValue,
      Change change) {
    this(part, name, first, second, firstValue, secondValue, change, Optional.empty());
  }

  /** Differences below this share of the larger value are about the same. */
  public static final double ALIKE = 0.1;

  static final String RUN = "run";
  static final String WRITES = "writes";
  static final String GATES = "gates, worst";

  private static final String NONE = "–";

  /** What became of a figure. */
  public enum Change {
    /** Better by more than the threshold. */
    BETTER,
    /** Worse by more than the threshold. */
    WORSE,
    /** About the same. */
    SAME,
    /** Only one of the runs has it, or it cannot be ordered. */
    UNKNOWN;

    /** The change in words. */
    public String words() {
      return switch (this) {
        case BETTER -> "better";
        case WORSE -> "worse";
        case SAME -> "about the same";
        case UNKNOWN -> NONE;
      };
    }

    /** The change as programs read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A figure of which less is better. */
  static Row less(String part, String name, Optional<Measured> first, Optional<Measured> second) {
    Change change = Change.UNKNOWN;
    if (first.isPresent() && second.isPresent()) {
      change =
          first.get().like(second.get(), ALIKE)
              ? Change.SAME
              : second.get().value() < first.get().value() ? Change.BETTER : Change.WORSE;
    }
    return row(part, name, first, second, change);
  }

  /**
   * A figure of which less is better, with a test in place of a range: it changed when the
   * difference matters and the test, once it is adjusted, tells it from chance.
   */
  static Row tested(String part, String name, Measured first, Measured second, Tested test) {
    Change change =
        !first.differs(second, ALIKE)
            ? Change.SAME
            : second.value() < first.value() ? Change.BETTER : Change.WORSE;
    return row(part, name, Optional.of(first), Optional.of(second), change).with(test);
  }

  private Row with(Tested said) {
    Change told = change == Change.UNKNOWN || said.significant() ? change : Change.SAME;
    return new Row(part, name, first, second, firstValue, secondValue, told, Optional.of(said));
  }

  /** The row once its test counts among all others. */
  Row among(double adjusted) {
    return test.map(said -> with(said.among(adjusted))).orElse(this);
  }

  static Row row(
      String part,
      String name,
      Optional<Measured> first,
      Optional<Measured> second,
      Change change) {
    return new Row(
        part,
        name,
        first.map(Measured::words).orElse(NONE),
        second.map(Measured::words).orElse(NONE),
        first.map(Measured::value),
        second.map(Measured::value),
        change);
  }

  /** Two things in words. */
  static Row words(String part, String name, String first, String second, Change change) {
    return new Row(part, name, first, second, Optional.empty(), Optional.empty(), change);
  }

  /** Whether a verdict may hang on it, and the first run tells it. */
  boolean weighty() {
    return part.equals(RUN) || (List.of(WRITES, GATES).contains(part) && firstValue.isPresent());
  }

  /** Whether neither run has it. */
  boolean empty() {
    return first.equals(NONE) && second.equals(NONE);
  }
}
