package dev.faultline.app;

import dev.faultline.app.foureyes.FourEyes;
import dev.faultline.app.foureyes.Statement;
import dev.faultline.engine.audit.Act;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Sink;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that each run of an engine is in the audit log: that it begins, before it touches
 * anything, and how it has ended. It listens to the run to know its id. Thread-safe.
 */
final class Witness implements PlanRules, Sink {

  private final AuditTrail trail;
  private final PlanRules rules;
  private final Optional<FourEyes> eyes;
  private Event.@Nullable RunStarted run;
  private @Nullable String halted;
  private @Nullable String lost;

  /**
   * A witness of runs whose plans satisfy some rules.
   *
   * @param rules judge a plan before its run is written down
   * @param eyes see to it that others have approved it; empty where nobody need have
   */
  Witness(AuditTrail trail, PlanRules rules, Optional<FourEyes> eyes) {
    this.trail = trail;
    this.rules = rules;
    this.eyes = eyes;
  }

  @Override
  public Plan require(LoadedExperiment experiment, Plan plan) throws Unplannable {
    Plan kept = rules.require(experiment, plan);
    Map<String, Statement> approved =
        eyes.isPresent() ? eyes.get().require(experiment, kept) : Map.of();
    Optional<Event.RunStarted> on = on();
    if (on.isEmpty()) {
      return kept;
    }
    begin(on.get(), experiment, kept, List.copyOf(approved.keySet()));
    List<String> notes = new ArrayList<>(kept.notes());
    approved.forEach(
        (who, statement) -> notes.add("Approved by %s until %s".formatted(who, statement.until())));
    return kept.noting(notes);
  }

  private synchronized Optional<Event.RunStarted> on() {
    return Optional.ofNullable(run);
  }

  private void begin(
      Event.RunStarted started, LoadedExperiment experiment, Plan plan, List<String> approvedBy)
      throws Unplannable {
    try {
      trail.require(
          new Act.Began(
              started.run(),
              started.experiment(),
              started.file(),
              experiment.environmentName(),
              plan.hash(),
              started.control(),
              approvedBy));
    } catch (IOException unwritten) {
      forget();
      throw new Unplannable(
          Outcome.NOT_READY,
          "no run begins without a record of it, and the audit log cannot be written: "
              + Failures.words(unwritten));
    }
  }

  /** What never began has no end, either. */
  private synchronized void forget() {
    run = null;
  }

  @Override
  public synchronized void accept(Entry entry) {
    if (entry.event() instanceof Event.RunStarted started) {
      run = started;
      halted = null;
    }
    if (entry.event() instanceof Event.Stopping stopping
        && stopping.reason() == StopReason.HALTED
        && halted == null) {
      halted = stopping.words();
    }
    if (entry.event() instanceof Event.Concluded concluded) {
      end(concluded.verdict());
    }
  }

  /** What is told before a run began is of another one, which died, and whose undo is told. */
  private void end(Verdict verdict) {
    Event.RunStarted ended = run;
    run = null;
    if (ended == null) {
      return;
    }
    Outcome outcome = verdict.outcome();
    try {
      trail.require(
          new Act.Ended(
              ended.run(),
              ended.experiment(),
              outcome.words(),
              outcome.exitCode(),
              Optional.ofNullable(halted)));
    } catch (IOException unwritten) {
      lost = Failures.words(unwritten);
    }
  }

  /** Why the end of a run could not be written down, if it could not. */
  synchronized Optional<String> lost() {
    return Optional.ofNullable(lost);
  }
}
