package dev.faultline.model.document;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One part of the traffic for the canary, how long it stays, and what both versions must bear
 * meanwhile.
 *
 * @param weight the canary's part of the traffic, above 0% and below 100%; must be given
 * @param hold how long at least, at most 7d; 60s when absent
 * @param samples how many requests the canary must have answered in this step, at least, from 1 to
 *     1000000000; none when absent
 * @param experiment a file with one experiment, from the folder of the rollout's file: after the
 *     hold both versions bear its faults at the same time, and the canary must bear them no worse
 * @param faults such faults themselves, when no file has them
 * @param approve a person must say that it goes on from here
 */
public record RolloutStep(
    Quantity weight,
    Optional<Duration> hold,
    Optional<Long> samples,
    Optional<String> experiment,
    List<FaultStep> faults,
    Optional<Approve> approve) {

  private static final Duration HOLD = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final long MOST = 1_000_000_000L;

  /** Requires a part that is neither nothing nor all: the last step to all is the promotion. */
  public RolloutStep {
    InvalidValue.required(weight, "weight");
    faults = List.copyOf(faults);
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
    FaultOrder.require(faults);
  }

  /** One part of the traffic, in which nothing is broken. */
  public RolloutStep(Quantity weight, Optional<Duration> hold, Optional<Long> samples) {
    this(weight, hold, samples, Optional.empty(), List.of(), Optional.empty());
  }

  /** How long the step lasts at least. */
  public Duration lasts() {
    return hold.orElse(HOLD);
  }

  /** Whether something is broken in it. */
  public boolean tries() {
    return !faults.isEmpty();
  }

  /** The same with the faults of the experiment that it names. */
  public RolloutStep with(List<FaultStep> others) {
    return new RolloutStep(weight, hold, samples, experiment, others, approve);
  }
}
