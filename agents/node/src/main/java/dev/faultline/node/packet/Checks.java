package dev.faultline.node.packet;

import java.time.Duration;

/** What parameters must be. */
final class Checks {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Checks() {}

  static void share(String name, double value) {
    require(value >= 0 && value <= 1, name + " must be 0 to 1: " + value);
  }

  static void time(String name, Duration value) {
    require(
        !value.isNegative() && value.compareTo(LONGEST) <= 0,
        name + " must be 0 to 10 minutes: " + value);
  }

  static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
