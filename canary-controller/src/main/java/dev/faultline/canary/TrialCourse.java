package dev.faultline.canary;

import dev.faultline.engine.run.Due;
import dev.faultline.engine.run.FaultState;
import dev.faultline.engine.run.RunState;
import dev.faultline.engine.run.Timeline;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.document.Trial;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the trial of a rollout's present step stands: the faults that both versions bear at the
 * same time, and how they recover.
 *
 * @param trial what is tried
 * @param faults its faults as they are planned
 * @param run the run by now
 * @param block how long one look is
 */
record TrialCourse(Trial trial, List<PlannedFault> faults, RunState run, Duration block) {

  /** So many looks more belong to it after its last fault: recovery counts. */
  private static final int LOOKS_AFTER = 10;

  /** The trial of the present step; empty where it has none. */
  static Optional<TrialCourse> of(RunState run, RolloutState rollout, Duration block) {
    return rollout.spec().trials().stream()
        .filter(trial -> trial.number() == rollout.step())
        .findFirst()
        .map(trial -> new TrialCourse(trial, planned(run, trial), run, block));
  }

  private static List<PlannedFault> planned(RunState run, Trial trial) {
    List<String> titles = trial.faults().stream().map(FaultStep::title).toList();
    return run.plan().faults().stream().filter(fault -> titles.contains(fault.name())).toList();
  }

  /** When its first fault began. */
  Optional<Duration> began() {
    return faults.stream()
        .map(fault -> run.fault(fault.name()))
        .filter(FaultState::ever)
        .map(FaultState::began)
        .min(Comparator.naturalOrder());
  }

  private Optional<Duration> ended() {
    List<FaultState> states = faults.stream().map(fault -> run.fault(fault.name())).toList();
    return states.stream().allMatch(one -> one.status() == FaultState.Status.ENDED)
        ? states.stream().map(FaultState::since).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /** Whether all of its faults are over, and what came of them was watched. */
  boolean over(Duration now) {
    return ended()
        .map(end -> now.compareTo(end.plus(block.multipliedBy(LOOKS_AFTER))) >= 0)
        .orElse(false);
  }

  /** Whether what both versions do now is done under it, or in the recovery from it. */
  boolean on(Duration now) {
    return began().isPresent() && !over(now);
  }

  /** Which of its faults are to begin and to end; the earliest begins at once. */
  List<Due> due(Duration now) {
    Duration earliest =
        faults.stream()
            .filter(fault -> fault.after().isEmpty())
            .map(PlannedFault::start)
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return Timeline.timed(run, faults, began().orElse(now).minus(earliest), now);
  }

  /** How long it takes, if each fault ends as it is planned to. */
  Duration lasts() {
    return trial.lasts().plus(block.multipliedBy(LOOKS_AFTER));
  }
}
