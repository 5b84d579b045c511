package dev.faultline.load;

import java.time.Duration;
import java.util.Optional;

/**
 * Which requests are sent, and how fast while nothing is done to the load.
 *
 * @param plain the request
 * @param tagged the one that some of them are in its place; empty for none
 * @param share which share of them, from 0 to 1
 * @param rate requests per second, above 0
 * @param timeout within which every request ends
 */
public record LoadOrder(
    LoadRequest plain, Optional<LoadRequest> tagged, double share, double rate, Duration timeout) {

  /** Within which a request ends where nobody says anything else. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public LoadOrder {
    if (!(rate > 0 && share >= 0 && share <= 1) || !timeout.isPositive()) {
      throw new IllegalArgumentException("not a load");
    }
  }

  /** One request, again and again. */
  public static LoadOrder of(LoadRequest plain, double rate, Duration timeout) {
    return new LoadOrder(plain, Optional.empty(), 0, rate, timeout);
  }
}
