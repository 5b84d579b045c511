package dev.faultline.engine.run;

import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.Optional;

/**
 * Applies one step and takes it back, each between its intent and its proof. An intent is safe on
 * disk before its effect; an undo that does not show is repeated until its patience ends.
 */
final class Stepper {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration UNDO_PATIENCE = Duration.ofSeconds(20);
  private static final Duration UNDO_AGAIN = Duration.ofMillis(500);

  private final World world;
  private final Clock clock;
  private final Recorder recorder;

  Stepper(World world, Clock clock, Recorder recorder) {
    this.world = world;
    this.clock = clock;
    this.recorder = recorder;
  }

  /**
   * Records that a step is about to be applied, unless the run is stopping; says whether it may.
   */
  boolean intend(StepRef ref, Step step) {
    return recorder.recordIf(
        state -> state.map(at -> at.stop().isEmpty()).orElse(true),
        _ -> new Event.StepIntended(ref, step));
  }

  /** Applies a step that was intended; says whether its effect was shown. */
  Evidence apply(StepRef ref, Step step) throws InterruptedException {
    Effect effect = world.apply(step.action());
    recorder.record(new Event.StepApplied(ref, effect));
    Evidence evidence =
        effect instanceof Effect.Done ? show(step.proof()) : new Evidence(false, effect.detail());
    recorder.record(new Event.StepVerified(ref, evidence));
    return evidence;
  }

  /** Takes a step back; says whether its end was shown. */
  boolean undo(StepRef ref, Step step) throws InterruptedException {
    if (step.undo().isEmpty()) {
      return true;
    }
    Step.Undo undo = step.undo().get();
    recorder.record(new Event.UndoIntended(ref));
    Duration deadline = clock.ticks().plus(UNDO_PATIENCE);
    while (true) {
      Effect effect = world.apply(undo.action());
      recorder.record(new Event.UndoApplied(ref, effect));
      Evidence evidence = show(undo.proof());
      if (evidence.proven() || clock.ticks().compareTo(deadline) >= 0) {
        recorder.record(new Event.UndoVerified(ref, evidence));
        return evidence.proven();
      }
      clock.sleep(UNDO_AGAIN);
    }
  }

  private Evidence show(Optional<Proof> proof) throws InterruptedException {
    if (proof.isEmpty()) {
      return new Evidence(false, "nothing shows it");
    }
    Proof wanted = proof.get();
    Duration begin = clock.ticks();
    Duration deadline = begin.plus(wanted.within());
    while (true) {
      Answer answer = world.ask(wanted.query());
      Duration took = clock.ticks().minus(begin);
      if (wanted.expects().met(answer)) {
        return new Evidence(true, "%s, after %d ms".formatted(wanted.words(), took.toMillis()));
      }
      if (clock.ticks().compareTo(deadline) >= 0) {
        return new Evidence(
            false,
            "%s: not within %d s; the last answer was %s"
                .formatted(wanted.words(), wanted.within().toSeconds(), words(answer)));
      }
      clock.sleep(LOOK_AGAIN);
    }
  }

  private static String words(Answer answer) {
    return answer instanceof Answer.Unanswered none
        ? none.reason().words() + ": " + none.detail()
        : answer.toString();
  }
}
