package dev.faultline.engine.run;

import dev.faultline.engine.run.Recorder.Kept;
import dev.faultline.judge.BlindReason;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Applies one step and takes it back, each between its intent and its proof. An intent is safe on
 * disk before its effect; an undo that does not show is repeated until its patience ends. A world
 * that throws has failed, and the run with it; it never keeps an undo from being tried.
 */
final class Stepper {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  /** An API server is not asked fifty times a second for as long as a pod takes to end. */
  private static final Duration LONGEST_LOOK_AGAIN = Duration.ofMillis(320);

  private static final Duration UNDO_PATIENCE = Duration.ofSeconds(20);

  /** For a run that is on: an API server is upgraded, or moves, and is back in a minute or so. */
  static final Duration CLUSTER_PATIENCE = Duration.ofMinutes(2);

  private static final Duration UNDO_AGAIN = Duration.ofMillis(500);
  private static final int UNDO_TRIES = 3;

  /** A step that may be in force. */
  record Applied(StepRef ref, Step step) {}

  private final World world;
  private final Clock clock;
  private final Recorder recorder;
  private final Duration inCluster;

  Stepper(World world, Clock clock, Recorder recorder) {
    this(world, clock, recorder, UNDO_PATIENCE);
  }

  /**
   * @param inCluster how long an undo in a cluster is tried
   */
  Stepper(World world, Clock clock, Recorder recorder, Duration inCluster) {
    this.world = world;
    this.clock = clock;
    this.recorder = recorder;
    this.inCluster = inCluster;
  }

  /**
   * Records that steps are about to be applied, together, unless the run is stopping; they may be
   * applied only if that was kept safely.
   */
  Kept intend(List<Applied> steps) {
    return recorder.recordIf(
        state -> state.map(at -> at.stop().isEmpty()).orElse(true),
        steps.stream().map(one -> new Event.StepIntended(one.ref(), one.step())).toList());
  }

  /** The same of one. */
  Kept intend(StepRef ref, Step step) {
    return intend(List.of(new Applied(ref, step)));
  }

  /** Applies a step that was intended; says whether its effect was shown. */
  Evidence apply(StepRef ref, Step step) throws InterruptedException {
    return verify(ref, step, act(ref, step));
  }

  /** Applies a step that was intended, and does not wait for its effect. */
  Effect act(StepRef ref, Step step) {
    Effect effect = carryOut(step.action());
    recorder.record(new Event.StepApplied(ref, effect));
    return effect;
  }

  /** Applies steps that were intended, none of which waits for another. */
  List<Effect> act(List<Applied> steps) {
    List<Effect> effects = carryOut(steps.stream().map(one -> one.step().action()).toList());
    List<Event> applied = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      applied.add(new Event.StepApplied(steps.get(i).ref(), effects.get(i)));
    }
    recorder.recordIf(_ -> true, applied);
    return effects;
  }

  /** Waits for the effect of a step that was applied; says whether it was shown. */
  Evidence verify(StepRef ref, Step step, Effect effect) throws InterruptedException {
    Evidence evidence =
        effect instanceof Effect.Done
            ? show(step.proof(), true)
            : new Evidence(false, effect.detail());
    recorder.record(new Event.StepVerified(ref, evidence));
    return evidence;
  }

  /**
   * Takes steps back, the last first, and says whether all their ends were shown. What stands
   * before a step that may still be in force is left alone: its fuse is the last that can end it.
   */
  boolean undo(List<Applied> steps) throws InterruptedException {
    Set<StepRef> stuck = new HashSet<>();
    for (Applied applied : steps.reversed()) {
      StepRef ref = applied.ref();
      StepRef place = new StepRef(ref.fault(), ref.occurrence(), ref.target(), 0);
      Event intent = new Event.UndoIntended(ref);
      if (!stuck.contains(place) && !undo(intent, ref, applied.step())) {
        stuck.add(place);
      }
    }
    return stuck.isEmpty();
  }

  /** Takes back a step whose target is gone, while its fault goes on. */
  boolean undoGone(Applied applied) throws InterruptedException {
    return undo(new Event.TargetGone(applied.ref()), applied.ref(), applied.step());
  }

  /** Takes a step back; says whether its end was shown. */
  private boolean undo(Event intent, StepRef ref, Step step) throws InterruptedException {
    if (step.undo().isEmpty()) {
      return true;
    }
    Step.Undo undo = step.undo().get();
    recorder.record(intent);
    Duration patience = undo.action().ofCluster() ? inCluster : UNDO_PATIENCE;
    Duration deadline = clock.ticks().plus(patience);
    for (int tries = 1; ; tries++) {
      Effect effect = carryOut(undo.action());
      recorder.record(new Event.UndoApplied(ref, effect));
      Evidence evidence = show(undo.proof(), !(effect instanceof Effect.Failed));
      boolean patient = tries < UNDO_TRIES || clock.ticks().compareTo(deadline) < 0;
      if (evidence.proven() || !patient) {
        recorder.record(new Event.UndoVerified(ref, evidence));
        return evidence.proven();
      }
      clock.sleep(UNDO_AGAIN);
    }
  }

  private Effect carryOut(Action action) {
    return carryOut(List.of(action)).getFirst();
  }

  private List<Effect> carryOut(List<Action> actions) {
    try {
      return world.applyAll(actions);
    } catch (RuntimeException bug) {
      recorder.internalError(bug);
      return Collections.nCopies(actions.size(), new Effect.Failed("internal error: " + bug));
    }
  }

  /**
   * Whether what was shown of all steps but the last, which was shown just now, is still so: a fuse
   * that fired before the fault it guards was in force would leave the fault without a guard.
   */
  Evidence stillShown(List<Step> steps) throws InterruptedException {
    for (Step step : steps.subList(0, Math.max(0, steps.size() - 1))) {
      Evidence now = show(step.proof(), false);
      if (!now.proven()) {
        return now;
      }
    }
    return new Evidence(true, "all guards stand");
  }

  /** What the world answers; a world that throws has not answered. */
  Answer ask(Query query) {
    try {
      return world.ask(query);
    } catch (RuntimeException bug) {
      recorder.internalError(bug);
      return new Answer.Unanswered(BlindReason.MALFORMED, "internal error: " + bug);
    }
  }

  /** Asks until the answer is the wanted one; only once where there is nothing to wait for. */
  private Evidence show(Optional<Proof> proof, boolean wait) throws InterruptedException {
    if (proof.isEmpty()) {
      return new Evidence(false, "nothing shows it");
    }
    Proof wanted = proof.get();
    Duration begin = clock.ticks();
    Duration deadline = wait ? begin.plus(wanted.within()) : begin;
    Duration pause = LOOK_AGAIN;
    while (true) {
      Answer answer = ask(wanted.query());
      Duration took = clock.ticks().minus(begin);
      if (wanted.expects().met(answer)) {
        return new Evidence(
            true,
            "%s: %s, after %d ms"
                .formatted(wanted.query().text(), answer.words(), took.toMillis()));
      }
      if (clock.ticks().compareTo(deadline) >= 0) {
        return new Evidence(
            false,
            "%s: %s, and not %s within %d ms"
                .formatted(
                    wanted.query().text(),
                    answer.words(),
                    wanted.expects().words(),
                    deadline.minus(begin).toMillis()));
      }
      clock.sleep(pause);
      if (isOfCluster(wanted.query()) && pause.compareTo(LONGEST_LOOK_AGAIN) < 0) {
        pause = pause.multipliedBy(2);
      }
    }
  }

  private static boolean isOfCluster(Query query) {
    return query instanceof Query.OfCluster
        || (query instanceof Query.RouteStatus status && status.route().ofCluster());
  }
}
