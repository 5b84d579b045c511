package dev.faultline.model.document;

import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * A person says whether a rollout goes on.
 *
 * @param within how long it waits for that, from 1s to 7d; 1h when absent. Then all traffic goes
 *     back
 */
public record Approve(Optional<Duration> within) {

  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(7);

  /** Refuses to wait for ever. */
  public Approve {
    if (within.isPresent()
        && (within.get().compareTo(LEAST) < 0 || within.get().compareTo(MOST) > 0)) {
      throw new InvalidValue("within", "'within' must be from 1s to 7d");
    }
  }

  /** How long it waits. */
  public Duration patience() {
    return within.orElse(USUAL);
  }
}
