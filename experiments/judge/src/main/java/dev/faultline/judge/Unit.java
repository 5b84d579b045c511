package dev.faultline.judge;

/** What a {@link Quantity} counts. */
public enum Unit {
  /** A plain number. */
  NUMBER("7"),
  /** A share of one: {@code 1%} is 0.01. */
  SHARE("1%"),
  /** A difference of shares: {@code 0.5pp} is 0.005. */
  SHARE_DIFFERENCE("0.5pp"),
  /** Seconds: {@code 300ms} is 0.3. */
  SECONDS("300ms"),
  /** Bytes: {@code 10Mi} is 10 × 2^20. */
  BYTES("10Mi"),
  /** Events per second: {@code 40/s} is 40. */
  PER_SECOND("40/s");

  private final String example;

  Unit(String example) {
    this.example = example;
  }

  /** How a person writes a quantity of this unit. */
  public String example() {
    return example;
  }
}
