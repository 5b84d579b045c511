package dev.faultline.model.summary;

import java.time.Duration;
import java.util.Optional;

/**
 * The moments of a failure and the times between them. Empty means not seen.
 *
 * @param inject fault verified effective
 * @param impact first signal out of bound
 * @param detect the system noticed
 * @param alert our gate breached
 * @param mitigate halt, rollback or failover began
 * @param revert every undo verified; for instant faults their effect
 * @param steady all gates inside, for good
 * @param outage what the writers of the ledger went through; empty without a ledger or an outage
 * @param uncertainty how far a moment that comes from a windowed query can be off
 */
public record Figures(
    Optional<Moment> inject,
    Optional<Moment> impact,
    Optional<Moment> detect,
    Optional<Moment> alert,
    Optional<Moment> mitigate,
    Optional<Moment> revert,
    Optional<Moment> steady,
    Optional<Outage> outage,
    Duration uncertainty) {

  Figures with(Optional<Outage> suffered) {
    return new Figures(
        inject, impact, detect, alert, mitigate, revert, steady, suffered, uncertainty);
  }

  /** From impact to detection by the system. */
  public Optional<Duration> timeToDetect() {
    return between(impact, detect);
  }

  /** From impact to the beginning of the cure. */
  public Optional<Duration> timeToMitigate() {
    return between(impact, mitigate);
  }

  /** From impact to the steady state. */
  public Optional<Duration> timeToRecover() {
    return between(impact, steady);
  }

  private static Optional<Duration> between(Optional<Moment> from, Optional<Moment> to) {
    return from.flatMap(start -> to.map(end -> end.elapsed().minus(start.elapsed())));
  }
}
