package dev.faultline.app;

import dev.faultline.app.GateFiles.Wanted;
import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.Loader;
import dev.faultline.engine.file.Whereabouts;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Options;
import dev.faultline.engine.run.Result;
import dev.faultline.judge.Outcome;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.stage.Origin;
import dev.faultline.reports.stage.Standing;
import dev.faultline.reports.stage.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plans every experiment of a stage, then runs one after the other.
 *
 * @param execution makes the runs
 * @param seed fixes every random choice
 * @param accepted what the user takes upon himself
 * @param past where the last accepted runs are
 * @param files where reports go
 * @param checkout what files are named from
 */
record GateRuns(
    Execution execution,
    long seed,
    Set<Acceptance> accepted,
    PastRuns past,
    StageFiles files,
    Checkout checkout) {

  private static final String NOTHING = "nothing was tried: there is no plan for another one";
  private static final String STOPPED = "not tried: the run before it was halted, or is not undone";

  /** An experiment with its plan's notes, and the run that it is held to. */
  private record Planned(Wanted wanted, Trial trial, Optional<RunSummary> before) {}

  List<Trial> of(List<Wanted> wanted) throws IOException {
    List<Planned> planned = wanted.stream().map(this::plan).toList();
    List<Trial> trials = new ArrayList<>(planned.stream().map(Planned::trial).toList());
    boolean plannable = trials.stream().allMatch(trial -> trial.outcome().isEmpty());
    for (int i = 0; plannable && i < planned.size(); i++) {
      Trial trial = run(planned.get(i));
      trials.set(i, trial);
      if (trial.outcome().filter(GateRuns::ends).isPresent()) {
        break;
      }
    }
    return trials;
  }

  private static boolean ends(Outcome outcome) {
    return outcome == Outcome.UNDO_NOT_PROVEN || outcome == Outcome.HALTED;
  }

  private Planned plan(Wanted wanted) {
    String name = wanted.experiment().name();
    try {
      Plan plan = execution.engine().plan(wanted.experiment(), seed, accepted);
      return new Planned(
          wanted, Trial.untried(name, wanted.origin(), plan.notes(), STOPPED), past.accepted(name));
    } catch (Unplannable none) {
      Failures.explain(execution.console(), none);
      Trial trial = Trial.untried(name, blamed(wanted, none), List.of(), NOTHING);
      return new Planned(wanted, trial.ended(none.outcome(), none.words()), Optional.empty());
    }
  }

  /** Where the experiment stands, or the part of it that is to blame. */
  private Origin blamed(Wanted wanted, Unplannable none) {
    if (none.path().isEmpty()) {
      return wanted.origin();
    }
    try {
      InvalidFile at =
          Whereabouts.refuse(new Loader(), wanted.experiment(), none.path(), none.words());
      return new Origin(checkout.at(at.file(), at.place()), wanted.origin().gates());
    } catch (InvalidFile changed) {
      return wanted.origin();
    }
  }

  private Trial run(Planned planned) throws IOException {
    Options wanted = new Options(false, Optional.empty(), seed, accepted);
    try {
      Result result = execution.run(planned.wanted().experiment(), wanted);
      String folder = files.name(planned.trial().experiment());
      Outcome outcome = execution.report(result, Optional.of(files.reports(folder)));
      Standing standing =
          planned
              .before()
              .map(before -> Standing.beside(before, result.summary()))
              .orElse(Standing.ALONE);
      execution.console().out().wrapped("  accepted    ", Inert.text(standing.words()));
      return planned.trial().ran(outcome, Facts.of(result.summary()), standing, folder);
    } catch (Unplannable none) {
      Failures.explain(execution.console(), none);
      return planned.trial().ended(none.outcome(), none.words());
    }
  }
}
