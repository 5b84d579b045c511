package dev.faultline.reports.stage;

import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.judge.Verdict.Reason;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.GateFacts;
import dev.faultline.reports.facts.Headline;
import dev.faultline.reports.stage.Rule.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One experiment of a stage.
 *
 * @param experiment its name
 * @param origin where it was written
 * @param notes what a reader of its plan should know
 * @param outcome how it ended; empty when it was not tried
 * @param words why it ended so, where there was no run
 * @param facts its run; empty without one
 * @param standing its run beside the last accepted one
 * @param folder where its reports are, from the folder of the stage; empty without a run
 */
public record Trial(
    String experiment,
    Origin origin,
    List<String> notes,
    Optional<Outcome> outcome,
    String words,
    Optional<Facts> facts,
    Standing standing,
    String folder) {

  /** Keeps the list unchangeable. */
  public Trial {
    notes = List.copyOf(notes);
  }

  /** An experiment that was not tried, and why. */
  public static Trial untried(String experiment, Origin origin, List<String> notes, String why) {
    return new Trial(
        experiment, origin, notes, Optional.empty(), why, Optional.empty(), Standing.ALONE, "");
  }

  /** An experiment that ended before there was a run. */
  public Trial ended(Outcome how, String why) {
    return new Trial(
        experiment, origin, notes, Optional.of(how), why, Optional.empty(), standing, "");
  }

  /**
   * An experiment that ran.
   *
   * @param how its outcome, which is weightier than its verdict where reports could not be written
   */
  public Trial ran(Outcome how, Facts run, Standing beside, String where) {
    return new Trial(
        experiment, origin, notes, Optional.of(how), "", Optional.of(run), beside, where);
  }

  /** The outcome in a word. */
  public String verdict() {
    return facts
        .map(run -> run.headline().word())
        .or(() -> outcome.map(Outcome::words))
        .orElse("not tried");
  }

  /** What the reader should feel. */
  public Headline.Tone tone() {
    return facts.map(run -> run.headline().tone()).orElse(Headline.Tone.UNSURE);
  }

  /** Why it ended so. */
  public String reason() {
    return facts.map(run -> run.headline().brief()).orElse(words);
  }

  /** Everything to say of it, at its place. */
  List<Problem> problems() {
    List<Problem> all = new ArrayList<>();
    notes.forEach(note -> all.add(note(note)));
    if (facts.isEmpty() && outcome.isPresent()) {
      all.add(new Problem(Rule.NO_PLAN, experiment, origin.experiment(), words));
    }
    facts.ifPresent(run -> all.addAll(ofRun(run)));
    if (standing.regressed()) {
      all.add(new Problem(Rule.WORSE, experiment, origin.experiment(), standing.words()));
    }
    return all;
  }

  private Problem note(String words) {
    return new Problem(Rule.PLAN_NOTE, experiment, origin.ofNote(words), words);
  }

  private List<Problem> ofRun(Facts run) {
    List<Reason> reasons = run.run().verdict().map(Verdict::reasons).orElse(List.of());
    List<Problem> all = new ArrayList<>();
    for (Reason reason : reasons) {
      all.add(
          new Problem(
              rule(reason, run),
              reason.subject(),
              origin.of(reason.subject()),
              "%s: %s".formatted(reason.subject(), reason.words())));
    }
    for (GateFacts gate : run.gates()) {
      boolean told = reasons.stream().anyMatch(reason -> reason.subject().equals(gate.name()));
      if (!told) {
        // It is on record, and not what the verdict hangs on.
        gate.firstBreach()
            .ifPresent(
                words ->
                    all.add(
                        new Problem(
                            Rule.GATE_BREACHED,
                            Level.WARNING,
                            gate.name(),
                            origin.of(gate.name()),
                            "%s: %s".formatted(gate.name(), words))));
      }
    }
    return all;
  }

  private static Rule rule(Reason reason, Facts run) {
    Optional<GateFacts> gate =
        run.gates().stream().filter(one -> one.name().equals(reason.subject())).findFirst();
    Rule ofGate =
        gate.map(one -> one.firstBreach().isPresent() ? Rule.GATE_BREACHED : Rule.GATE_BLIND)
            .orElse(Rule.NOT_PASSED);
    return switch (reason.outcome()) {
      case UNDO_NOT_PROVEN -> Rule.UNDO_NOT_PROVEN;
      case FAILED, ROLLED_BACK, INCONCLUSIVE, NOT_READY -> ofGate;
      case INTERNAL_ERROR, HALTED, REFUSED, PAUSED, PASSED -> Rule.NOT_PASSED;
    };
  }
}
