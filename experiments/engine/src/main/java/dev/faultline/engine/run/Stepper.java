package dev.faultline.engine.run;

import dev.faultline.engine.run.Recorder.Kept;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.fault.Step;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Applies one step and takes it back, each between its intent and its proof. An intent is safe on
 * disk before its effect; an undo that does not show is repeated until its patience ends. A world
 * that throws has failed, and the run with it; it never keeps an undo from being tried.
 */
final class Stepper {

  private static final Duration UNDO_PATIENCE = Duration.ofSeconds(20);

  /** For a run that is on: an API server is upgraded, or moves, and is back in a minute or so. */
  static final Duration CLUSTER_PATIENCE = Duration.ofMinutes(2);

  private static final Duration UNDO_AGAIN = Duration.ofMillis(500);
  private static final int UNDO_TRIES = 3;

  /** A step that may be in force. */
  record Applied(StepRef ref, Step step) {
    /** The same, where an object of a cluster is to keep what it was changed to. */
    Applied kept() {
      return new Applied(ref, step.kept());
    }
  }

  private final World world;
  private final Clock clock;
  private final Recorder recorder;
  private final Proofs proofs;
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
    this.proofs = new Proofs(world, clock, recorder);
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

  private Evidence verify(StepRef ref, Step step, Effect effect) throws InterruptedException {
    return verify(List.of(new Applied(ref, step)), List.of(effect)).getFirst();
  }

  /** Waits for the effects of steps that were applied; says of each whether it was shown. */
  List<Evidence> verify(List<Applied> steps, List<Effect> effects) throws InterruptedException {
    List<Proofs.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      boolean done = effects.get(i) instanceof Effect.Done;
      wanted.add(new Proofs.Wanted(done ? steps.get(i).step().proof() : Optional.empty(), true));
    }
    Map<Integer, Evidence> shown = new TreeMap<>();
    List<Evidence> _ =
        proofs.of(
            wanted,
            (i, evidence) -> {
              boolean done = effects.get(i) instanceof Effect.Done;
              Evidence now = done ? evidence : new Evidence(false, effects.get(i).detail());
              shown.put(i, now);
              recorder.record(new Event.StepVerified(steps.get(i).ref(), now));
            });
    return List.copyOf(shown.values());
  }

  /**
   * Takes steps back, the last first, and says whether all their ends were shown. What stands
   * before a step that may still be in force is left alone: its fuse is the last that can end it.
   */
  boolean undo(List<Applied> steps) throws InterruptedException {
    Set<StepRef> stuck = new HashSet<>();
    for (List<Applied> layer : layers(steps)) {
      List<Applied> free = layer.stream().filter(one -> !stuck.contains(place(one))).toList();
      List<Boolean> shown = undo(free, one -> new Event.UndoIntended(one.ref()));
      for (int i = 0; i < free.size(); i++) {
        if (!shown.get(i)) {
          stuck.add(place(free.get(i)));
        }
      }
    }
    return stuck.isEmpty();
  }

  private static StepRef place(Applied one) {
    StepRef ref = one.ref();
    return new StepRef(ref.fault(), ref.occurrence(), ref.target(), 0);
  }

  /**
   * What is taken back at the same time, in order: one fault after the other, as two may have
   * changed one thing; and of a fault one step after the other, but for one that goes through the
   * API of a cluster, whose places do not wait for each other.
   */
  private static List<List<Applied>> layers(List<Applied> steps) {
    Map<StepRef, List<Applied>> faults = new LinkedHashMap<>();
    steps.reversed().stream()
        .filter(one -> one.step().undo().isPresent())
        .forEach(one -> faults.computeIfAbsent(occurrence(one), _ -> new ArrayList<>()).add(one));
    return faults.values().stream().flatMap(fault -> layersOf(fault).stream()).toList();
  }

  private static StepRef occurrence(Applied one) {
    return new StepRef(one.ref().fault(), one.ref().occurrence(), "", 0);
  }

  private static List<List<Applied>> layersOf(List<Applied> fault) {
    if (!fault.stream().allMatch(one -> undo(one).action().ofCluster())) {
      return fault.stream().map(List::of).toList();
    }
    Map<StepRef, Integer> depths = new HashMap<>();
    List<List<Applied>> layers = new ArrayList<>();
    for (Applied one : fault) {
      int depth = depths.merge(place(one), 1, Integer::sum) - 1;
      if (depth == layers.size()) {
        layers.add(new ArrayList<>());
      }
      layers.get(depth).add(one);
    }
    return layers.stream().flatMap(layer -> Portions.of(layer).stream()).toList();
  }

  private static Step.Undo undo(Applied one) {
    return one.step().undo().orElseThrow();
  }

  /** Takes back a step whose target is gone, while its fault goes on. */
  boolean undoGone(Applied applied) throws InterruptedException {
    return applied.step().undo().isEmpty()
        || undo(List.of(applied), one -> new Event.TargetGone(one.ref())).getFirst();
  }

  /** Takes steps back at the same time; says of each whether its end was shown. */
  private List<Boolean> undo(List<Applied> steps, Function<Applied, Event> intent)
      throws InterruptedException {
    steps.forEach(one -> recorder.record(intent.apply(one)));
    Duration begin = clock.ticks();
    Map<StepRef, Boolean> ends = new HashMap<>();
    for (int tries = 1; ; tries++) {
      List<Applied> open = steps.stream().filter(one -> !ends.containsKey(one.ref())).toList();
      if (open.isEmpty()) {
        return steps.stream().map(one -> ends.getOrDefault(one.ref(), false)).toList();
      }
      if (tries > 1) {
        clock.sleep(UNDO_AGAIN);
      }
      boolean few = tries < UNDO_TRIES;
      undoOnce(
          open,
          (i, shown) -> {
            Applied one = open.get(i);
            Duration patience = undo(one).action().ofCluster() ? inCluster : UNDO_PATIENCE;
            boolean patient = few || clock.ticks().compareTo(begin.plus(patience)) < 0;
            if (shown.proven() || !patient) {
              recorder.record(new Event.UndoVerified(one.ref(), shown));
              ends.put(one.ref(), shown.proven());
            }
          });
    }
  }

  private void undoOnce(List<Applied> open, Proofs.Told told) throws InterruptedException {
    List<Effect> effects = carryOut(open.stream().map(one -> undo(one).action()).toList());
    List<Proofs.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      recorder.record(new Event.UndoApplied(open.get(i).ref(), effects.get(i)));
      wanted.add(
          new Proofs.Wanted(undo(open.get(i)).proof(), !(effects.get(i) instanceof Effect.Failed)));
    }
    List<Evidence> _ = proofs.of(wanted, told);
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
      Evidence now = proofs.of(new Proofs.Wanted(step.proof(), false));
      if (!now.proven()) {
        return now;
      }
    }
    return new Evidence(true, "all guards stand");
  }

  /** What the world answers. */
  Answer ask(Query query) {
    return proofs.ask(query);
  }
}
