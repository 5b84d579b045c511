package dev.faultline.model.document;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.fault.Shift;
import dev.faultline.model.route.Match;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One part of the traffic for the canary, how long it stays, and what both versions must bear
 * meanwhile.
 *
 * @param weight the canary's part of the traffic, above 0% and below 100%; needed unless there is a
 *     {@code match} or a {@code mirror}
 * @param match which requests go to the canary, and no others; in place of {@code weight}
 * @param mirror of which part of the requests a copy goes to the canary, whose answer nobody gets,
 *     whole percents from 1% to 100%; in place of {@code weight}
 * @param hold how long at least, at most 7d; 60s when absent
 * @param samples how many requests the canary must have answered in this step, at least, from 1 to
 *     1000000000; none when absent
 * @param experiment a file with one experiment, from the folder of the rollout's file: after the
 *     hold both versions bear its faults at the same time, and the canary must bear them no worse
 * @param faults such faults themselves, when no file has them
 * @param approve a person must say that it goes on from here
 */
public record RolloutStep(
    Optional<Quantity> weight,
    Optional<Match> match,
    Optional<Quantity> mirror,
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
    faults = List.copyOf(faults);
    if (weight.isPresent() && match.isPresent()) {
      throw new InvalidValue(
          "match",
          "a step has a 'weight' or a 'match': what matches goes to the canary in the steps after it, too");
    }
    if (mirror.isPresent() && (weight.isPresent() || match.isPresent())) {
      throw new InvalidValue(
          "mirror",
          "a step has a 'mirror', or a 'weight' or a 'match': while requests are mirrored no user meets the canary");
    }
    mirror.ifPresent(Shift::requireCopies);
    if (mirror.isPresent() && (experiment.isPresent() || !faults.isEmpty())) {
      throw new InvalidValue(
          "mirror",
          "while requests are mirrored stable serves all users, who would bear the faults: give the step a 'weight'");
    }
    if (match.isEmpty() && mirror.isEmpty()) {
      requirePart(InvalidValue.required(weight.orElse(null), "weight"));
    }
    if (hold.isPresent() && hold.get().compareTo(LONGEST) > 0) {
      throw new InvalidValue("hold", "'hold' must be at most 7d");
    }
    if (samples.isPresent() && (samples.get() < 1 || samples.get() > MOST)) {
      throw new InvalidValue("samples", "'samples' must be from 1 to 1000000000");
    }
    FaultOrder.require(faults);
  }

  private static void requirePart(Quantity weight) {
    if (weight.unit() != Unit.SHARE || weight.value() <= 0 || weight.value() >= 1) {
      throw new InvalidValue(
          "weight",
          "'weight' must be above 0% and below 100%, such as weight: 10%; after the last step all"
              + " traffic goes to the canary");
    }
  }

  /** One part of the traffic, in which nothing is broken. */
  public RolloutStep(Quantity weight, Optional<Duration> hold, Optional<Long> samples) {
    this(
        Optional.of(weight),
        Optional.empty(),
        Optional.empty(),
        hold,
        samples,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The canary's part of what does not match anything, from 0 to 1. */
  public double share() {
    return weight.map(Quantity::value).orElse(0.0);
  }

  /** Of which part of the requests the canary gets a copy, from 0 to 1. */
  public double copies() {
    return mirror.map(Quantity::value).orElse(0.0);
  }

  /**
   * The canary's part of all requests that both versions count, from 0 to 1, where none matches
   * anything: copies are requests too.
   */
  public double counted() {
    return share() + copies() / (1 + copies());
  }

  /**
   * What the canary gets in it, in words: {@code 20%}, {@code x-user-type: staff}, or {@code copies
   * of 10%}.
   */
  public String words() {
    return weight
        .map(Quantity::text)
        .or(() -> match.map(Match::words))
        .or(() -> mirror.map(part -> "copies of " + part.text()))
        .orElse("");
  }

  /** The key that says what the canary gets. */
  public String key() {
    return match.isPresent() ? "match" : mirror.isPresent() ? "mirror" : "weight";
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
    return new RolloutStep(weight, match, mirror, hold, samples, experiment, others, approve);
  }
}
