package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Options;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs experiments to their verdict. */
@Command(
    name = "run",
    description = "Runs experiments one after the other and says whether the system stood.",
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline run examples/shop/crashed-payments.yaml --out reports",
      "%nCtrl-C withdraws every fault, ends the run with its report and exits with 6.",
      "%nExit codes:",
      "  0 passed   1 failed, undo proven   2 usage or invalid file   3 refused",
      "  4 inconclusive   5 environment not ready   6 halted   7 UNDO NOT PROVEN",
      "  10 internal error   130, 143 cut short by a second signal"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private ExperimentOptions options = new ExperimentOptions();

  @Mixin private ApprovalOptions approvals = new ApprovalOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Writes report.html, report.md, report.json, junit.xml and journal.jsonl here;",
        "with several experiments, in a folder for each."
      })
  private @Nullable Path out;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description = "Refuses to run when the plan is no longer this one.")
  private @Nullable Path agreed;

  @Option(names = "--control", description = "Leaves the faults out, to show the noise floor.")
  private boolean control;

  @Option(names = "--json", description = "Prints every event as a line of JSON.")
  private boolean json;

  @Option(
      names = "--no-live",
      description = "Tells only lines, as it does where messages do not go to a terminal.")
  private boolean noLive;

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask before it disturbs what is not a lab.")
  private boolean yes;

  @Option(
      names = "--id",
      paramLabel = "ID",
      hidden = true,
      description = "What the run is called; refused when it was ever taken.")
  private @Nullable String id;

  private final Console console;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, IOException {
    List<LoadedExperiment> experiments = options.load();
    Optional<Plan> plan = plan(experiments);
    requireOneForId(experiments);
    Set<Acceptance> _ = options.accepted();
    for (LoadedExperiment experiment : experiments) {
      if (out != null) {
        reports(experiment, experiments.size(), out).require();
      }
    }
    Execution execution =
        Execution.of(console, options.guard(console), approvals.eyes(console), shown());
    Engine engine = execution.engine();
    new Leftovers(console, engine).finish(Optional.empty());
    List<Outcome> outcomes = new ArrayList<>();
    for (LoadedExperiment experiment : experiments) {
      try {
        Optional<Plan> wanted = wanted(engine, experiment, plan);
        outcomes.add(run(execution, experiment, wanted, experiments.size()));
      } catch (Unplannable none) {
        Failures.explain(console, none);
        outcomes.add(none.outcome());
      }
      if (outcomes.getLast() == Outcome.HALTED || outcomes.getLast() == Outcome.UNDO_NOT_PROVEN) {
        break;
      }
    }
    return Outcome.weightiest(outcomes).exitCode();
  }

  private void requireOneForId(List<LoadedExperiment> experiments) throws UsageError {
    if (id != null && (experiments.size() > 1 || !id.matches("[a-z0-9][a-z0-9-]{0,62}"))) {
      throw new UsageError(
          "--id goes with one experiment",
          "an id is up to 63 lower-case letters, digits and '-', and of one run alone",
          "run them one by one");
    }
  }

  private Optional<Plan> plan(List<LoadedExperiment> experiments) throws UsageError {
    if (agreed == null) {
      return Optional.empty();
    }
    if (experiments.size() > 1) {
      throw new UsageError(
          "--plan goes with one experiment",
          "there are %d".formatted(experiments.size()),
          "run them one by one");
    }
    return Optional.of(Agreement.read(agreed));
  }

  private Optional<Plan> wanted(Engine engine, LoadedExperiment experiment, Optional<Plan> plan)
      throws Unplannable, UsageError {
    Agreement agreement = new Agreement(console, engine, options.accepted());
    if (plan.isPresent()) {
      agreement.require(plan.get(), experiment);
      return plan;
    }
    return yes || control ? Optional.empty() : agreement.ask(experiment, options.seed());
  }

  private Execution.Shown shown() {
    return json ? Execution.Shown.JSON : noLive ? Execution.Shown.LINES : Execution.Shown.LIVE;
  }

  private Outcome run(
      Execution execution, LoadedExperiment experiment, Optional<Plan> plan, int experiments)
      throws Unplannable, UsageError, IOException {
    long seed = plan.map(Plan::seed).orElse(options.seed());
    Options wanted = new Options(control, plan, seed, options.accepted(), Optional.ofNullable(id));
    return execution.report(
        execution.run(experiment, wanted),
        Optional.ofNullable(out).map(folder -> reports(experiment, experiments, folder)));
  }

  private static ReportFiles reports(LoadedExperiment experiment, int experiments, Path out) {
    return new ReportFiles(experiments == 1 ? out : out.resolve(experiment.name()));
  }
}
