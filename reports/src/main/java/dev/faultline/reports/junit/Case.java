package dev.faultline.reports.junit;

import java.time.Duration;
import java.util.Locale;

/**
 * One thing that holds or does not.
 *
 * @param group what it belongs to: the experiment and the kind of thing
 * @param name what it claims
 * @param time how long it took, in seconds
 * @param result how it ended
 * @param type the kind of failure or error
 * @param words the reason in a line; empty when it passed
 * @param detail what else there is to say
 */
public record Case(
    String group,
    String name,
    String time,
    Result result,
    String type,
    String words,
    String detail) {

  /** The ways a test can end. */
  public enum Result {
    /** It holds. */
    PASSED,
    /** It does not hold. */
    FAILED,
    /** Nothing can be said. */
    ERROR,
    /** It was not tried. */
    SKIPPED
  }

  static Case passed(String group, String name, Duration took) {
    return new Case(group, name, seconds(took), Result.PASSED, "", "", "");
  }

  static Case skipped(String group, String name, String words) {
    return new Case(group, name, seconds(Duration.ZERO), Result.SKIPPED, "", words, "");
  }

  Case failed(String kind, String why, String more) {
    return new Case(group, name, time, Result.FAILED, kind, why, more);
  }

  Case error(String kind, String why, String more) {
    return new Case(group, name, time, Result.ERROR, kind, why, more);
  }

  static String seconds(Duration span) {
    return String.format(Locale.ROOT, "%.3f", Math.max(0, span.toNanos() / 1e9));
  }
}
