package dev.faultline.engine.planning;

import dev.faultline.judge.Outcome;
import dev.faultline.model.document.FaultStep;
import dev.faultline.model.fault.Clock;
import dev.faultline.model.fault.Descriptors;
import dev.faultline.model.fault.Fault;
import dev.faultline.model.fault.Freeze;
import dev.faultline.model.fault.NetworkFault;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Traffic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses faults of a link or a process that contradict each other: nobody could say what was asked
 * for, or the end of one would end both.
 */
final class Overlaps {

  private final Map<String, PlannedFault> planned = new HashMap<>();

  private Overlaps(List<PlannedFault> faults) {
    faults.forEach(fault -> planned.put(fault.name(), fault));
  }

  /**
   * Looks at every two.
   *
   * @param steps as the file has them
   * @param faults as they are planned, in the same order
   */
  static void refuse(List<FaultStep> steps, List<PlannedFault> faults) throws Unplannable {
    Overlaps all = new Overlaps(faults);
    for (int i = 0; i < steps.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (contradict(steps.get(i), steps.get(j))) {
          all.refuse(faults.get(j), faults.get(i));
        }
      }
    }
  }

  private static boolean contradict(FaultStep one, FaultStep other) {
    if (one.fault() instanceof NetworkFault first && other.fault() instanceof NetworkFault second) {
      return (first.contradicts(second) || second.contradicts(first))
          && meet(direction(one, first), direction(other, second));
    }
    return isOfProcess(one.fault())
        && isOfProcess(other.fault())
        && (one.fault().getClass() == other.fault().getClass()
            || isOfLife(one.fault()) != isOfLife(other.fault()));
  }

  /** Whether it stays in force at a process. */
  private static boolean isOfProcess(Fault fault) {
    return fault instanceof Freeze || fault instanceof Descriptors || fault instanceof Clock;
  }

  /** Whether it begins and ends by another life of the process, with which all others end. */
  private static boolean isOfLife(Fault fault) {
    return fault instanceof Clock;
  }

  private static Direction direction(FaultStep step, NetworkFault fault) {
    return step.traffic().flatMap(Traffic::direction).orElseGet(fault::usual);
  }

  private static boolean meet(Direction one, Direction other) {
    return one == Direction.BOTH || other == Direction.BOTH || one == other;
  }

  private void refuse(PlannedFault one, PlannedFault other) throws Unplannable {
    Optional<String> shared =
        one.targets().stream()
            .filter(target -> !ofPackets(target))
            .map(PlannedTarget::name)
            .filter(name -> other.targets().stream().anyMatch(at -> at.name().equals(name)))
            .findFirst();
    boolean together =
        begin(one).compareTo(begin(other).plus(other.span())) < 0
            && begin(other).compareTo(begin(one).plus(one.span())) < 0;
    if (shared.isPresent() && together) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "faults %s and %s contradict each other on %s: %s, and %s at the same time; let one wait"
                  .formatted(one.name(), other.name(), shared.get(), one.words(), other.words())
              + " with 'after'");
    }
  }

  // Faults of packets come one after the other, as several do along a line.
  private static boolean ofPackets(PlannedTarget target) {
    return target.steps().stream()
        .anyMatch(step -> step.action().itself() instanceof Action.DisturbPackets);
  }

  /** From the end of the baseline, if everything goes as planned. */
  private Duration begin(PlannedFault fault) {
    Duration begin = fault.start();
    for (Optional<PlannedFault> at = fault.after().map(planned::get);
        at.isPresent();
        at = at.get().after().map(planned::get)) {
      begin = begin.plus(at.get().start()).plus(at.get().span());
    }
    return begin;
  }
}
