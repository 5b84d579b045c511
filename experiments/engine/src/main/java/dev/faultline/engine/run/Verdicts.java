package dev.faultline.engine.run;

import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.judge.Verdict.Reason;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.summary.GateSummary;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run proved: a pure function of what happened in it. */
final class Verdicts {

  private final RunSummary run;
  private final List<Reason> reasons = new ArrayList<>();

  private Verdicts(RunSummary run) {
    this.run = run;
  }

  static Verdict of(RunSummary run) {
    return of(run, List.of());
  }

  /** Also counts what cannot be seen in the events. */
  static Verdict of(RunSummary run, List<Reason> more) {
    Verdicts verdicts = new Verdicts(run);
    verdicts.reasons.addAll(more);
    verdicts.undo();
    verdicts.stops();
    verdicts.effects();
    verdicts.gates();
    verdicts.promotion();
    return Verdict.of(verdicts.reasons);
  }

  private void undo() {
    for (StepSummary step : run.open()) {
      reasons.add(
          new Reason(
              Outcome.UNDO_NOT_PROVEN,
              step.ref().fault(),
              "%s may still be in force: %s"
                  .formatted(
                      step.step().action().describe(),
                      step.undoEvidence().map(Evidence::words).orElse("its undo was not tried"))));
    }
  }

  private void stops() {
    Set<StopReason> told = EnumSet.noneOf(StopReason.class);
    for (RunSummary.Timed<Event.Stopping> stop : run.stops()) {
      if (told.add(stop.what().reason())) {
        stop(stop.what());
      }
    }
  }

  private void stop(Event.Stopping stop) {
    Outcome outcome =
        switch (stop.reason()) {
          case NOT_READY, BASELINE_UNFIT -> Outcome.NOT_READY;
          case REFUSED -> Outcome.REFUSED;
          case GATE_BREACHED -> run.rollout().isEmpty() ? Outcome.FAILED : Outcome.ROLLED_BACK;
          case CANARY_WORSE -> Outcome.ROLLED_BACK;
          case GATE_BLIND -> blind(stop.gate());
          case FAULT_FAILED, TRAFFIC_STRAYS -> Outcome.INCONCLUSIVE;
          case NOT_APPROVED -> Outcome.PAUSED;
          case HALTED, FOUND_DEAD -> Outcome.HALTED;
          case JOURNAL_LOST, INTERNAL_ERROR -> Outcome.INTERNAL_ERROR;
        };
    reasons.add(new Reason(outcome, stop.gate().orElse("run"), stop.words()));
  }

  /** A promotion says itself how much it knows. */
  private void promotion() {
    run.rollout()
        .ifPresent(
            rollout ->
                rollout
                    .promoted()
                    .ifPresent(
                        end -> {
                          rollout.consents().forEach(one -> overruled(one.what()));
                          rollout.scaledOut().ifPresent(one -> helped(one.what()));
                          reasons.add(
                              new Reason(Outcome.PASSED, end.what().fault(), end.what().words()));
                        }));
  }

  /** Who lets a rollout go on after a breach makes no passed run of it. */
  private void overruled(RolloutSummary.Consent consent) {
    consent
        .asked()
        .breach()
        .ifPresent(
            breach ->
                reasons.add(
                    new Reason(
                        Outcome.FAILED,
                        breach.gate().orElse("run"),
                        "it went on although %s: %s".formatted(breach.words(), consent.words()))));
  }

  /** It would have been rolled back as it was deployed. */
  private void helped(Event.ScaledOut more) {
    reasons.add(
        new Reason(
            Outcome.FAILED,
            more.breach().gate().orElse("run"),
            "it went on with more pods alone, as %s".formatted(more.breach().words())));
  }

  private Outcome blind(Optional<String> name) {
    boolean fails =
        run.gates().stream()
            .map(GateSummary::gate)
            .filter(gate -> name.equals(Optional.of(gate.name())))
            .anyMatch(gate -> gate.noData().equals(Optional.of(Gate.NoData.FAIL)));
    return fails ? Outcome.FAILED : Outcome.INCONCLUSIVE;
  }

  /**
   * A fault without a proven effect proves nothing; the stop it caused may not have been the first.
   */
  private void effects() {
    run.steps().stream()
        .filter(step -> !step.gone() && !step.evidence().map(Evidence::proven).orElse(false))
        .filter(_ -> run.stops().isEmpty())
        .forEach(
            step ->
                reasons.add(
                    new Reason(
                        Outcome.INCONCLUSIVE,
                        step.ref().fault(),
                        "%s had no proven effect".formatted(step.step().action().describe()))));
  }

  private void gates() {
    boolean broken = entered(Phase.FAULTS) || entered(Phase.ROLLOUT);
    if (!broken || run.stops().stream().anyMatch(stop -> cutsShort(stop.what()))) {
      return;
    }
    for (GateSummary gate : run.gates()) {
      if (gate.points().stream().allMatch(point -> point.status() == Status.BLIND)) {
        reasons.add(blindGate(gate, "at any time"));
        continue;
      }
      during(gate);
      after(gate);
    }
  }

  /** Whether the gates were not watched to the end. */
  private static boolean cutsShort(Event.Stopping stop) {
    return switch (stop.reason()) {
      case HALTED, FOUND_DEAD, JOURNAL_LOST, INTERNAL_ERROR -> true;
      case NOT_READY,
          REFUSED,
          GATE_BREACHED,
          GATE_BLIND,
          CANARY_WORSE,
          TRAFFIC_STRAYS,
          NOT_APPROVED,
          BASELINE_UNFIT,
          FAULT_FAILED ->
          false;
    };
  }

  private boolean entered(Phase phase) {
    return run.phases().stream().anyMatch(span -> span.phase() == phase);
  }

  private void during(GateSummary gate) {
    if (!gate.gate().when().contains(Gate.When.DURING)) {
      return;
    }
    boolean withdrawable =
        run.plan().map(plan -> plan.faults().stream().anyMatch(f -> !f.instant())).orElse(false);
    boolean recorded = run.stops().isEmpty() && !gate.gate().aborts() && withdrawable;
    long breaches =
        gate.count(Phase.FAULTS, Status.BREACHED) + gate.count(Phase.ROLLOUT, Status.BREACHED);
    if (recorded && breaches > 0) {
      reasons.add(
          new Reason(
              Outcome.FAILED,
              gate.gate().name(),
              "gate %s was not %s while a fault was in force"
                  .formatted(gate.gate().name(), gate.gate().bound().words())));
    }
    long seen =
        gate.points().stream()
            .filter(point -> point.phase().part() == Gate.When.DURING)
            .filter(point -> point.status() != Status.BLIND)
            .count();
    boolean spanned = spanOf(Phase.FAULTS).plus(spanOf(Phase.ROLLOUT)).toMillis() > 1500;
    if (seen == 0 && spanned && run.stops().isEmpty()) {
      reasons.add(blindGate(gate, "while the faults were in force"));
    }
  }

  private void after(GateSummary gate) {
    if (!gate.gate().when().contains(Gate.When.AFTER) || !entered(Phase.RECOVERY)) {
      return;
    }
    Status last = gate.points().isEmpty() ? Status.UNREAD : gate.points().getLast().status();
    Duration within = run.plan().orElseThrow().times().recovery();
    if (last == Status.BLIND || last == Status.UNREAD) {
      reasons.add(blindGate(gate, "at the end of the recovery"));
    } else if (last != Status.INSIDE && gate.gate().signal().onlyGrows()) {
      reasons.add(exceeded(gate));
    } else if (last != Status.INSIDE) {
      reasons.add(notBack(gate, within, "did not return"));
    } else if (returned(gate).compareTo(recoveryBegan().plus(within)) > 0) {
      reasons.add(notBack(gate, within, "returned too late"));
    }
  }

  private static Reason exceeded(GateSummary gate) {
    String reads =
        switch (gate.points().getLast().reading()) {
          case Reading.Value value -> gate.gate().spell(value);
          case Reading.Blind blind -> blind.reason().words();
        };
    return new Reason(
        Outcome.FAILED,
        gate.gate().name(),
        "gate %s is %s: %s had to be %s"
            .formatted(
                gate.gate().name(),
                reads,
                gate.gate().signal().words(),
                gate.gate().bound().words()));
  }

  private Reason notBack(GateSummary gate, Duration within, String how) {
    return new Reason(
        Outcome.FAILED,
        gate.gate().name(),
        "gate %s %s: it had to be %s within %d s of the end of the last fault"
            .formatted(gate.gate().name(), how, gate.gate().bound().words(), within.toSeconds()));
  }

  private Reason blindGate(GateSummary gate, String when) {
    Outcome outcome =
        gate.gate().noData().equals(Optional.of(Gate.NoData.FAIL))
            ? Outcome.FAILED
            : Outcome.INCONCLUSIVE;
    return new Reason(
        outcome,
        gate.gate().name(),
        "gate %s could not be read %s".formatted(gate.gate().name(), when));
  }

  private Duration recoveryBegan() {
    return run.phases().stream()
        .filter(span -> span.phase() == Phase.RECOVERY)
        .findFirst()
        .map(RunSummary.PhaseSpan::from)
        .orElse(Duration.ZERO);
  }

  private Duration spanOf(Phase phase) {
    return run.phases().stream()
        .filter(span -> span.phase() == phase)
        .map(span -> span.to().minus(span.from()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** When the last unbroken series of looks inside the bound began. */
  private static Duration returned(GateSummary gate) {
    Duration first = Duration.ZERO;
    for (GateSummary.Point point : gate.points().reversed()) {
      if (point.status() != Status.INSIDE) {
        break;
      }
      first = point.elapsed();
    }
    return first;
  }
}
