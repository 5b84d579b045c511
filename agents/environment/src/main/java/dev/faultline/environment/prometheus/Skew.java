package dev.faultline.environment.prometheus;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the clock of a server is ahead of ours.
 *
 * <p>Assumption: the server read its clock at some moment between our sending and our receiving,
 * and saw a time between {@code earliest} and {@code latest}. Guarantee: of all differences that
 * explain this, the one nearest to zero, so that a slow answer or a coarse clock is never taken for
 * a wrong clock.
 */
final class Skew {

  private Skew() {}

  static Duration between(Instant earliest, Instant latest, Received received) {
    Duration least = Duration.between(received.at(), earliest);
    Duration most = Duration.between(received.sent(), latest);
    if (least.isPositive()) {
      return least;
    }
    return most.isNegative() ? most : Duration.ZERO;
  }

  /** By the {@code Date} header, which tells whole seconds; zero where there is none. */
  static Duration byDate(Received received) {
    return received
        .date()
        .map(date -> between(date, date.plusSeconds(1), received))
        .orElse(Duration.ZERO);
  }
}
