package dev.faultline.model.summary;

import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a stream of events amounts to. The same events give the same summary.
 *
 * @param start the first event: what was run, where
 * @param began when, by the wall clock
 * @param lasted until the last event
 * @param phases the phases entered, with their beginnings
 * @param plan the plan, when it came to one
 * @param steps every step that was intended, in order
 * @param gates every gate of the experiment
 * @param observations every observation of the experiment
 * @param load every complete second of the load
 * @param ledger the account of the ledger; empty without one, or when the run died
 * @param databases every look at a database, in order
 * @param sightings what the environment did and saw
 * @param stops why the timeline was left, in order; empty when it was not
 * @param figures the moments of the failure
 * @param rollout what a rollout saw; empty for an experiment
 * @param verdict the end; empty while a run goes on or when it died
 */
public record RunSummary(
    Event.RunStarted start,
    Instant began,
    Duration lasted,
    List<PhaseSpan> phases,
    Optional<Plan> plan,
    List<StepSummary> steps,
    List<GateSummary> gates,
    List<ObservationSummary> observations,
    List<LoadInterval> load,
    Optional<LedgerAccount> ledger,
    List<Timed<Event.DatabaseRead>> databases,
    List<Timed<Sighting>> sightings,
    List<Timed<Event.Stopping>> stops,
    Figures figures,
    Optional<RolloutSummary> rollout,
    Optional<Verdict> verdict) {

  /** A phase with its beginning and end since the start of the run. */
  public record PhaseSpan(Phase phase, Duration from, Duration to) {}

  /** Something with its time since the start of the run. */
  public record Timed<T>(Duration elapsed, T what) {}

  /**
   * Makes the summary of a run.
   *
   * @throws IllegalArgumentException when the first event is not the start of a run
   */
  public static RunSummary of(Iterable<Entry> entries) {
    SummaryFold fold = new SummaryFold();
    entries.forEach(fold::accept);
    return fold.finish();
  }

  /** Steps that may still be in force, and are not to be. */
  public List<StepSummary> open() {
    return steps.stream().filter(StepSummary::open).filter(step -> !kept(step)).toList();
  }

  /** Whether a step stays on purpose: the shift of a version that was promoted. */
  public boolean kept(StepSummary step) {
    return rollout
        .flatMap(RolloutSummary::promoted)
        .map(end -> end.what().fault().equals(step.ref().fault()))
        .orElse(false);
  }
}
