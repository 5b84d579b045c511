package dev.faultline.serve.runs;

import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.reports.facts.FaultFacts;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step of a fault that may be in force.
 *
 * @param fault its fault
 * @param target what it disturbs
 * @param action what was done
 * @param since since when, by the clock of the run
 * @param shown whether its effect was shown
 * @param left how long its fault is still to last; empty where that is not known, or over
 * @param endsBy what ends it, whatever is killed
 */
public record Open(
    String fault,
    String target,
    String action,
    String since,
    boolean shown,
    Optional<String> left,
    List<String> endsBy) {

  /** Keeps the list unchangeable. */
  public Open {
    endsBy = List.copyOf(endsBy);
  }

  /** What may be in force of a run, in the order in which it began. */
  public static List<Open> of(RunSummary run) {
    List<StepSummary> open = run.open();
    if (open.isEmpty()) {
      return List.of();
    }
    List<FaultFacts> faults = FaultFacts.of(run);
    return open.stream()
        .map(
            step ->
                of(
                    step,
                    run.lasted(),
                    faults.stream()
                        .filter(fault -> fault.name().equals(step.ref().fault()))
                        .findFirst()))
        .toList();
  }

  private static Open of(StepSummary step, Duration now, Optional<FaultFacts> fault) {
    Duration since = step.effective().orElse(step.intended());
    return new Open(
        step.ref().fault(),
        step.ref().target(),
        step.step().action().describe(),
        Spelling.at(since),
        step.effective().isPresent(),
        fault
            .flatMap(FaultFacts::planned)
            .filter(planned -> !planned.instant())
            .map(PlannedFault::lasts)
            .map(lasts -> lasts.minus(now.minus(since)))
            .filter(Duration::isPositive)
            .map(Spelling::span),
        fault.map(FaultFacts::endsBy).orElse(List.of()));
  }
}
