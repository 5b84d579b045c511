package dev.faultline.node;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The bounds of the times in a {@link FuseOrder}. */
final class Bounds {

  private Bounds() {}

  /** Whole milliseconds, so that what was ordered and what crosses standard input are the same. */
  static void require(String what, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0
        || value.compareTo(most) > 0
        || !value.truncatedTo(ChronoUnit.MILLIS).equals(value)) {
      throw new IllegalArgumentException(
          "%s must be whole milliseconds from %d to %d ms, not %s"
              .formatted(what, least.toMillis(), most.toMillis(), value));
    }
  }
}
