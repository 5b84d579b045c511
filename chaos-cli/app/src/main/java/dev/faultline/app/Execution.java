package dev.faultline.app;

import dev.faultline.app.foureyes.FourEyes;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Options;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.engine.run.Result;
import dev.faultline.environment.lab.ProcessLogs;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Sink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How a run is made and told: shown while it happens, stopped by signals, written down.
 *
 * @param witness writes down that it is made
 * @param shown how events are shown
 */
record Execution(Console console, Engine engine, Witness witness, Shown shown) {

  /** The ways to show events. */
  enum Shown {
    /** A live view, where messages go to a terminal. */
    LIVE,
    /** Lines. */
    LINES,
    /** Lines of JSON. */
    JSON
  }

  /** Of runs whose plans satisfy some rules, and were approved where somebody must have. */
  static Execution of(
      Console console, Optional<PolicyGuard> guard, Optional<FourEyes> eyes, Shown shown) {
    PolicyGuard.Eyes seen =
        eyes.<PolicyGuard.Eyes>map(one -> one::approved).orElse(PolicyGuard.NOBODY);
    PlanRules rules = guard.map(one -> one.whenRun(seen)).orElse(PlanRules.NONE);
    Witness witness = new Witness(AuditTrail.of(console), rules, eyes);
    return new Execution(console, Setup.engine(console, witness), witness, shown);
  }

  Result run(LoadedExperiment experiment, Options wanted) throws Unplannable, IOException {
    try (Display display = display(experiment);
        Interrupts interrupts = Interrupts.handle(display.console(), engine);
        HaltWatch halts = HaltWatch.over(engine);
        Aside view = new Aside(display)) {
      Sink both =
          entry -> {
            interrupts.accept(entry);
            halts.accept(entry);
            witness.accept(entry);
            view.accept(entry);
          };
      return engine.run(experiment, wanted, both);
    }
  }

  private Display display(LoadedExperiment experiment) {
    return shown == Shown.JSON
        ? Display.json(console)
        : Display.people(console, experiment, shown == Shown.LIVE);
  }

  /**
   * Writes the reports down; a verdict that cannot be written down is still told.
   *
   * @param out where they go; empty for the folder of the run
   */
  Outcome report(Result result, Optional<ReportFiles> out) {
    Outcome outcome = result.verdict().outcome();
    ReportFiles files = out.orElseGet(() -> new ReportFiles(result.folder().path()));
    try {
      files.write(result.summary());
      if (out.isPresent()) {
        files.copyJournal(result.folder());
      }
    } catch (IOException full) {
      console.error(
          "the reports of run %s could not be written".formatted(result.folder().id()),
          Failures.words(full),
          "make room and run 'faultline report %s'".formatted(result.folder().id()));
      outcome = Outcome.weightiest(List.of(outcome, Outcome.INTERNAL_ERROR));
    }
    Optional<String> unrecorded = witness.lost();
    if (unrecorded.isPresent()) {
      console.error(
          "the audit log does not say how run %s ended".formatted(result.folder().id()),
          unrecorded.get(),
          "see 'faultline audit verify'");
      outcome = Outcome.weightiest(List.of(outcome, Outcome.INTERNAL_ERROR));
    }
    if (shown != Shown.JSON) {
      new VerdictView(console.out()).print(result.summary(), files.page());
    }
    logs(result.folder(), outcome);
    return outcome;
  }

  /** Of a run that passed, nobody asks what its processes printed. */
  private void logs(RunFolder folder, Outcome outcome) {
    ProcessLogs logs = new ProcessLogs(folder.path());
    try {
      if (outcome == Outcome.PASSED) {
        logs.forget();
      } else if (shown != Shown.JSON && !logs.files().isEmpty()) {
        console.out().line("  logs        " + logs.kept());
      }
    } catch (IOException unusable) {
      console.error("what the lab's processes printed is lost", Failures.words(unusable), "");
    }
  }
}
