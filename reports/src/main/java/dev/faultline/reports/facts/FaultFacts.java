package dev.faultline.reports.facts;

import dev.faultline.model.fault.EndsBy;
import dev.faultline.model.plan.LedgerStep;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One fault: what was planned, and what became of each step.
 *
 * @param name names it within the run
 * @param planned the plan for it; empty when the run is not known to have come to one
 * @param steps every step that was intended
 */
public record FaultFacts(String name, Optional<Plan.PlannedFault> planned, List<StepFacts> steps) {

  // A fault that repeats for an hour has thousands of steps; the other formats have them all.
  private static final int SHOWN = 60;

  /** Keeps the steps unchangeable. */
  public FaultFacts {
    steps = List.copyOf(steps);
  }

  /** Every fault that was planned or begun. */
  public static List<FaultFacts> of(RunSummary run) {
    Map<String, Optional<Plan.PlannedFault>> planned = new LinkedHashMap<>();
    run.plan()
        .ifPresent(
            plan -> plan.faults().forEach(fault -> planned.put(fault.name(), Optional.of(fault))));
    Map<String, List<StepFacts>> steps = new LinkedHashMap<>();
    run.steps()
        .forEach(
            step -> {
              planned.putIfAbsent(step.ref().fault(), Optional.empty());
              steps
                  .computeIfAbsent(step.ref().fault(), _ -> new ArrayList<>())
                  .add(StepFacts.of(run, step));
            });
    return planned.entrySet().stream()
        .map(
            fault ->
                new FaultFacts(
                    fault.getKey(),
                    fault.getValue(),
                    steps.getOrDefault(fault.getKey(), List.of())))
        .toList();
  }

  /** What it is, how long it lasts and how often it happens. */
  public String words() {
    return planned.map(FaultFacts::words).orElseGet(this::unplanned);
  }

  private String unplanned() {
    return name.equals(LedgerStep.NAME)
        ? "the table of the ledger, which is no fault and is undone as one"
        : "no plan is known";
  }

  private static String words(Plan.PlannedFault fault) {
    String time = fault.instant() ? "over at once" : "for " + Spelling.span(fault.lasts());
    String again =
        fault.repeats() > 1
            ? ", %s times, %s apart".formatted(fault.repeats(), Spelling.span(fault.every()))
            : "";
    return "%s, %s%s, at %s"
        .formatted(
            fault.words(),
            time,
            again,
            String.join(", ", fault.targets().stream().map(Plan.PlannedTarget::name).toList()));
  }

  /** What ends it, whatever is killed. */
  public List<String> endsBy() {
    return planned.stream()
        .flatMap(fault -> fault.endsBy().stream())
        .map(FaultFacts::layer)
        .toList();
  }

  private static String layer(EndsBy layer) {
    return "%s, %s: %s"
        .formatted(
            layer.layer().name().toLowerCase(Locale.ROOT),
            layer
                .within()
                .map(time -> time.isZero() ? "at once" : "within " + Spelling.span(time))
                .orElse("with the next run or command"),
            layer.how());
  }

  /** The steps to read: the first ones, and every one that lacks a proof. */
  public List<StepFacts> told() {
    List<StepFacts> told = new ArrayList<>();
    for (StepFacts step : steps) {
      if (told.size() < SHOWN || (!step.sound() && told.size() < 3 * SHOWN)) {
        told.add(step);
      }
    }
    return List.copyOf(told);
  }

  /** How many steps {@link #told} leaves out. */
  public int untold() {
    return steps.size() - told().size();
  }
}
