package dev.faultline.model.rollout;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * One part of the traffic for the canary, and how long it stays.
 *
 * @param weight the canary's part of the traffic, above 0% and below 100%; must be given
 * @param hold how long at least, at most 7d; 60s when absent
 * @param samples how many requests the canary must have answered in this step, at least, from 1 to
 *     1000000000; none when absent
 */
public record RolloutStep(Quantity weight, Optional<Duration> hold, Optional<Long> samples) {

  private static final Duration HOLD = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final long MOST = 1_000_000_000L;

  /** Requires a part that is neither nothing nor all: the last step to all is the promotion. */
  public RolloutStep {
    InvalidValue.required(weight, "weight");
    if (weight.unit() != Unit.SHARE || weight.value() <= 0 || weight.value() >= 1) {
      throw new InvalidValue(
          "weight",
          "'weight' must be above 0% and below 100%, such as weight: 10%; after the last step all"
              + " traffic goes to the canary");
    }
    if (hold.isPresent() && hold.get().compareTo(LONGEST) > 0) {
      throw new InvalidValue("hold", "'hold' must be at most 7d");
    }
    if (samples.isPresent() && (samples.get() < 1 || samples.get() > MOST)) {
      throw new InvalidValue("samples", "'samples' must be from 1 to 1000000000");
    }
  }

  /** How long the step lasts at least. */
  public Duration lasts() {
    return hold.orElse(HOLD);
  }
}
