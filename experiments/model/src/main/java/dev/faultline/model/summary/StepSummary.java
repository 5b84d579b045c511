package dev.faultline.model.summary;

import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.world.Effect;
import java.time.Duration;
import java.util.Optional;

/**
 * One step of a fault over a run: intended, applied, shown; taken back, shown again.
 *
 * @param intended when it was about to be applied
 * @param effect what came of it
 * @param evidence whether its effect was shown
 * @param effective when its effect was shown
 * @param undoEffect what came of its undo
 * @param undoEvidence whether its end was shown
 * @param ended when its end was shown
 * @param gone whether its target was gone while its fault went on
 */
public record StepSummary(
    StepRef ref,
    Step step,
    Duration intended,
    Optional<Effect> effect,
    Optional<Evidence> evidence,
    Optional<Duration> effective,
    Optional<Effect> undoEffect,
    Optional<Evidence> undoEvidence,
    Optional<Duration> ended,
    boolean gone) {

  /** A step of which nothing but the intent is known. */
  static StepSummary intended(StepRef ref, Step step, Duration at) {
    return new StepSummary(
        ref,
        step,
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  StepSummary targetGone() {
    return new StepSummary(
        ref, step, intended, effect, evidence, effective, undoEffect, undoEvidence, ended, true);
  }

  StepSummary applied(Effect came) {
    return new StepSummary(
        ref,
        step,
        intended,
        Optional.of(came),
        evidence,
        effective,
        undoEffect,
        undoEvidence,
        ended,
        gone);
  }

  StepSummary verified(Evidence shown, Duration at) {
    Optional<Duration> when = shown.proven() ? Optional.of(at) : Optional.empty();
    return new StepSummary(
        ref,
        step,
        intended,
        effect,
        Optional.of(shown),
        when,
        undoEffect,
        undoEvidence,
        ended,
        gone);
  }

  StepSummary undone(Effect came) {
    return new StepSummary(
        ref,
        step,
        intended,
        effect,
        evidence,
        effective,
        Optional.of(came),
        undoEvidence,
        ended,
        gone);
  }

  StepSummary undoVerified(Evidence shown, Duration at) {
    Optional<Duration> when = shown.proven() ? Optional.of(at) : Optional.empty();
    return new StepSummary(
        ref,
        step,
        intended,
        effect,
        evidence,
        effective,
        undoEffect,
        Optional.of(shown),
        when,
        gone);
  }

  /** Whether something may still be in force: it has an undo whose success was not shown. */
  public boolean open() {
    return step.undo().isPresent() && !undoEvidence.map(Evidence::proven).orElse(false);
  }
}
