package dev.faultline.judge;

import java.util.Optional;

/** What one look at a signal gave: a number, or the reason why there is none. */
public sealed interface Reading {

  /**
   * A number was read.
   *
   * @param value the number; never NaN
   * @param words what it stands for, where the number alone does not tell
   */
  record Value(double value, Optional<String> words) implements Reading {
    /** Refuses what is no number; a signal reads that as {@link Blind}. */
    public Value {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("NaN is not a value");
      }
    }

    /** A number that speaks for itself. */
    public Value(double value) {
      this(value, Optional.empty());
    }
  }

  /** Nothing can be said about the signal at this moment. */
  record Blind(BlindReason reason, String detail) implements Reading {}

  /** A reading of a number that may be no number. */
  static Reading of(double value) {
    return Double.isNaN(value)
        ? new Blind(BlindReason.NAN, "the query gave NaN (often 0 divided by 0)")
        : new Value(value);
  }
}
