package dev.faultline.app;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.Reading;
import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedGate;
import dev.faultline.model.plan.Plan.PlannedTarget;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for people. */
final class PlanView {

  private final Console console;

  PlanView(Console console) {
    this.console = console;
  }

  void print(Plan plan, LoadedExperiment experiment, PrintStream to) {
    to.printf(
        "%s in environment %s, plan %s, at most %s%n",
        Style.BOLD.on(console, plan.experiment()),
        experiment.environmentName(),
        plan.hash().substring(0, 12),
        Spell.time(plan.times().total()));
    experiment.spec().hypothesis().ifPresent(belief -> to.println("  " + Inert.text(belief)));
    plan.faults().forEach(fault -> print(fault, to));
    plan.gates().forEach(gate -> print(gate, to));
    to.printf(
        "  baseline %s, faults %s, recovery within %s%n",
        Spell.time(plan.times().baseline()),
        Spell.time(plan.times().faults()),
        Spell.time(plan.times().recovery()));
    plan.notes().forEach(note -> to.println("  note: " + note));
  }

  private void print(PlannedFault fault, PrintStream to) {
    String when =
        fault.after().map("after "::concat).orElse("at")
            + " +"
            + Spell.time(fault.start())
            + (fault.instant() ? "" : " for " + Spell.time(fault.lasts()))
            + (fault.repeats() > 1
                ? ", %d times, every %s".formatted(fault.repeats(), Spell.time(fault.every()))
                : "");
    to.printf(
        "  fault %-20s %s at %s, %s%n",
        fault.name(),
        Inert.text(fault.words()),
        fault.targets().stream().map(PlannedTarget::name).collect(Collectors.joining(", ")),
        when);
    to.printf("    undo     %s%n", undo(fault.targets()));
    to.printf(
        "    ends by  %s%n",
        fault.endsBy().stream().map(PlanView::layer).collect(Collectors.joining("; ")));
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

  private static String layer(EndsBy layer) {
    String name = layer.layer().name().toLowerCase(Locale.ROOT);
    return layer.layer() == EndsBy.Layer.INSTANT
        ? layer.how()
        : layer.within().map(at -> name + " within " + Spell.time(at)).orElse(name);
  }

  private void print(PlannedGate gate, PrintStream to) {
    to.printf("  gate  %-20s %s, now: %s%n", gate.name(), gate.bound(), now(gate.now()));
  }

  private static String now(Optional<Reading> now) {
    return now.map(
            reading ->
                switch (reading) {
                  case Reading.Value value -> String.format(Locale.ROOT, "%.4g", value.value());
                  case Reading.Blind blind -> blind.reason().words();
                })
        .orElse("read when the lab runs");
  }
}
