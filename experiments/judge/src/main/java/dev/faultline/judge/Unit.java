package dev.faultline.judge;

/** What a {@link Quantity} counts. */
public enum Unit {
  /** A plain number. */
  NUMBER,
  /** A share of one: {@code 1%} is 0.01. */
  SHARE,
  /** A difference of shares: {@code 0.5pp} is 0.005. */
  SHARE_DIFFERENCE,
  /** Seconds: {@code 300ms} is 0.3. */
  SECONDS,
  /** Bytes: {@code 10Mi} is 10 × 2^20. */
  BYTES,
  /** Events per second: {@code 40/s} is 40. */
  PER_SECOND
}
