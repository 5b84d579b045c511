package dev.faultline.reports.comparison;

import java.util.Locale;

/**
 * What a test says of a difference.
 *
 * @param test which one
 * @param effect how large the difference is, with its interval of 95 % confidence
 * @param pValue the chance of so large a difference where there is none, by this test alone
 * @param adjusted the same among all tests of the comparison, by Holm's method
 */
public record Tested(String test, String effect, double pValue, double adjusted) {

  /** A difference is told from chance when its adjusted p-value is below this. */
  public static final double ALPHA = 0.05;

  /** Not yet adjusted. */
  static Tested alone(String test, String effect, double pValue) {
    return new Tested(test, effect, pValue, pValue);
  }

  Tested among(double others) {
    return new Tested(test, effect, pValue, others);
  }

  /** Whether chance alone would hardly do it. */
  public boolean significant() {
    return adjusted < ALPHA;
  }

  /** Such as {@code slower in 62% of pairs (58 to 66), p 0.003}. */
  public String words() {
    String p = adjusted < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p %.3f", adjusted);
    return effect + ", " + p;
  }
}
