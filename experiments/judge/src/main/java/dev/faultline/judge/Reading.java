package dev.faultline.judge;

/** What one look at a signal gave: a number, or the reason why there is none. */
public sealed interface Reading {

  /** A finite number was read. */
  record Value(double value) implements Reading {
    /** Refuses what is no number; a signal reads that as {@link Blind}. */
    public Value {
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("NaN is not a value");
      }
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
