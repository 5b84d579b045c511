package dev.faultline.reports.facts;

import dev.faultline.model.event.Evidence;
import dev.faultline.model.fault.Step;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Proof;
import java.util.Optional;

/**
 * One step of a fault: what was done, what showed it, what took it back, what showed that.
 *
 * @param summary what is known of it
 * @param kept whether it stays in force on purpose
 */
public record StepFacts(StepSummary summary, boolean kept) {

  static StepFacts of(RunSummary run, StepSummary step) {
    return new StepFacts(step, step.open() && run.kept(step));
  }

  /** Whether something was shown, was not, or was not looked for. */
  public enum Shown {
    /** It was shown. */
    PROVEN,
    /** It was looked for and not seen. */
    NOT_PROVEN,
    /** There is nothing to show. */
    NONE
  }

  /** Fault, occurrence, target and place among the steps. */
  public String name() {
    return summary.ref().toString();
  }

  /** What was done. */
  public String action() {
    return summary.step().action().describe();
  }

  /** What came of it. */
  public String effect() {
    return came(summary.effect());
  }

  /** Whether its effect was shown. */
  public Shown shown() {
    return shown(summary.evidence(), summary.step().proof().isPresent());
  }

  /** What was asked and answered to show the effect. */
  public String proof() {
    return words(summary.evidence(), summary.step().proof(), "the step has no proof of its own");
  }

  /** When its effect was shown. */
  public Optional<String> effective() {
    return summary.effective().map(Spelling::at);
  }

  /** Whether it leaves something to take back. */
  public boolean undoable() {
    return summary.step().undo().isPresent();
  }

  /** How it is taken back. */
  public String undo() {
    return summary
        .step()
        .undo()
        .map(undo -> undo.action().describe())
        .orElse("nothing stays behind");
  }

  /** What came of the undo. */
  public String undoEffect() {
    String came = kept ? "not taken back: it stays on purpose" : came(summary.undoEffect());
    return summary.gone() ? "its target was gone meanwhile; " + came : came;
  }

  /** Whether its end was shown. */
  public Shown ended() {
    return undoable() && !kept ? shown(summary.undoEvidence(), true) : Shown.NONE;
  }

  /** What was asked and answered to show its end. */
  public String undoProof() {
    return kept
        ? "it stays on purpose"
        : words(
            summary.undoEvidence(), summary.step().undo().flatMap(Step.Undo::proof), "no proof");
  }

  /** When its end was shown. */
  public Optional<String> endedAt() {
    return summary.ended().map(Spelling::at);
  }

  /** Whether everything that should be shown was. */
  public boolean sound() {
    return shown() != Shown.NOT_PROVEN && ended() != Shown.NOT_PROVEN;
  }

  private static Shown shown(Optional<Evidence> evidence, boolean wanted) {
    return evidence
        .map(found -> found.proven() ? Shown.PROVEN : Shown.NOT_PROVEN)
        .orElse(wanted ? Shown.NOT_PROVEN : Shown.NONE);
  }

  private static String words(Optional<Evidence> evidence, Optional<Proof> proof, String none) {
    return evidence
        .map(Evidence::words)
        .or(() -> proof.map(wanted -> "never asked whether " + wanted.words()))
        .orElse(none);
  }

  private static String came(Optional<Effect> effect) {
    return effect
        .map(
            found ->
                switch (found) {
                  case Effect.Done done -> detailed("done", done.detail());
                  case Effect.Superseded left -> detailed("superseded, left alone", left.detail());
                  case Effect.Failed failed -> detailed("failed", failed.detail());
                })
        .orElse("not applied, as far as is known");
  }

  private static String detailed(String word, String detail) {
    return detail.isBlank() ? word : word + ": " + detail;
  }
}
