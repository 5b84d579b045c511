package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Reading;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.document.RolloutStep;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedGate;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.rollout.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanView {

  private final Page to;

  PlanView(Page to) {
    this.to = to;
  }

  void print(Plan plan, LoadedExperiment experiment) {
    to.line(
        "%s in environment %s, plan %s, %s %s"
            .formatted(
                to.in(Style.BOLD, plan.experiment()),
                experiment.environmentName(),
                brief(plan),
                bound(plan),
                Spell.time(plan.times().total())));
    experiment.spec().hypothesis().ifPresent(belief -> to.wrapped("  ", Inert.text(belief)));
    plan.ledger().ifPresent(this::printLedger);
    plan.faults().forEach(this::print);
    experiment.rollout().ifPresent(this::print);
    plan.gates().forEach(gate -> print(gate, experiment));
    to.line(
        "  baseline %s, %s %s, recovery within %s"
            .formatted(
                Spell.time(plan.times().baseline()),
                plan.openEnded() ? "rollout at least" : "faults",
                plan.times().faults().isZero() ? "at once" : Spell.time(plan.times().faults()),
                Spell.time(plan.times().recovery())));
    plan.notes().forEach(note -> to.wrapped("  note: ", Inert.text(note)));
  }

  /** What a plan's times are. */
  static String bound(Plan plan) {
    return plan.openEnded() ? "at least" : "at most";
  }

  /** The plan's hash as people compare it. */
  static String brief(Plan plan) {
    return brief(plan.hash());
  }

  static String brief(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }

  private void printLedger(Step ledger) {
    to.wrapped("  ledger  ", Inert.text(ledger.action().describe()));
    ledger
        .undo()
        .ifPresent(undo -> to.wrapped("    undo     ", Inert.text(undo.action().describe())));
  }

  private void print(PlannedFault fault) {
    to.wrapped(
        "  fault %-20s ".formatted(fault.name()),
        "%s%s, %s".formatted(Inert.text(fault.words()), at(fault.targets()), when(fault)));
    to.wrapped("    undo     ", undo(fault.targets()));
    to.wrapped("    ends by  ", endings(fault.endsBy()));
  }

  private void print(RolloutSpec rollout) {
    String steps = rollout.steps().stream().map(PlanView::step).collect(Collectors.joining(", "));
    String ready =
        rollout
            .rollbackWindow()
            .map(window -> " while stable is kept ready for " + Spell.time(window))
            .orElse("");
    to.wrapped("  steps   ", steps + " at least, then all" + ready);
    for (Comparison comparison : rollout.compare()) {
      to.wrapped("  compare %-20s ".formatted(comparison.title()), comparison.words());
    }
  }

  private static String step(RolloutStep step) {
    return "%s for %s%s"
        .formatted(
            step.words(),
            Spell.time(step.lasts()),
            step.tries()
                ? " and then the faults of "
                    + step.experiment().map(Inert::text).orElse("this step")
                : "");
  }

  private static String at(List<PlannedTarget> targets) {
    String names = targets.stream().map(PlannedTarget::name).collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " at " + names;
  }

  private static String when(PlannedFault fault) {
    boolean delayed = !fault.start().isZero();
    boolean atBreach = fault.name().equals(RolloutSpec.SCALE_OUT) && fault.openEnded();
    String begins =
        fault
            .after()
            .map(other -> (delayed ? Spell.time(fault.start()) + " after " : "after ") + other)
            .orElse(
                atBreach
                    ? "at a breach alone"
                    : delayed ? "after " + Spell.time(fault.start()) : "at once");
    String least = fault.openEnded() ? "at least " : "";
    String lasts = fault.instant() ? "" : ", for " + least + Spell.time(fault.lasts());
    String repeats =
        fault.repeats() > 1
            ? ", %d times, every %s".formatted(fault.repeats(), Spell.time(fault.every()))
            : "";
    return begins + lasts + repeats;
  }

  private static String undo(List<PlannedTarget> targets) {
    String undo =
        targets.stream()
            .flatMap(target -> target.steps().reversed().stream())
            .flatMap(step -> step.undo().map(Step.Undo::action).stream())
            .map(action -> Inert.text(action.describe()))
            .collect(Collectors.joining(", "));
    return undo.isEmpty() ? "nothing to undo" : undo;
  }

  private static String endings(List<EndsBy> layers) {
    return layers.stream().map(PlanView::layer).collect(Collectors.joining("; "));
  }

  private static String layer(EndsBy layer) {
    String name = layer.layer().name().toLowerCase(Locale.ROOT);
    return layer.layer() == EndsBy.Layer.INSTANT
        ? layer.how()
        : layer
            .within()
            .map(at -> name + (at.isZero() ? " at once" : " within " + Spell.time(at)))
            .orElse(name);
  }

  /** How long a fault can live when the run is gone: until the last of its own ends. */
  static Optional<Duration> without(PlannedFault fault) {
    return fault.endsBy().stream()
        .filter(ends -> ends.layer() != EndsBy.Layer.PLAN)
        .flatMap(ends -> ends.within().stream())
        .min(Duration::compareTo);
  }

  private void print(PlannedGate gate, LoadedExperiment experiment) {
    to.wrapped(
        "  gate  %-20s ".formatted(gate.name()),
        "%s, now: %s".formatted(gate.bound(), now(gate, experiment)));
  }

  private static String now(PlannedGate gate, LoadedExperiment experiment) {
    Optional<Reading> now = gate.now();
    return now.map(reading -> Spell.reading(reading, gate.name(), experiment))
        .orElse("read when the lab runs");
  }
}
