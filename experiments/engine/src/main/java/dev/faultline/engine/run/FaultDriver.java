package dev.faultline.engine.run;

import dev.faultline.engine.planning.Successors;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.engine.run.Recorder.Kept;
import dev.faultline.engine.run.Stepper.Applied;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan.PlannedFault;
import dev.faultline.model.plan.Plan.PlannedTarget;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.PodAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one occurrence of a fault into force and withdraws it. Either may be asked for from any
 * thread; the withdrawal never overtakes the beginning: it cuts it short, and the thread that began
 * withdraws.
 */
final class FaultDriver {

  /** Each is a program that starts; many of them may start on one node. */
  private static final int AGENTS_AT_ONCE = 10;

  private final PlannedFault fault;
  private final int occurrence;
  private final Stepper stepper;
  private final Recorder recorder;
  private final boolean control;
  private final List<Applied> applied = new ArrayList<>();
  private @Nullable Thread beginner;
  private boolean begun;
  private boolean endWanted;
  private volatile boolean ended;

  FaultDriver(
      PlannedFault fault, int occurrence, Stepper stepper, Recorder recorder, boolean control) {
    this.fault = fault;
    this.occurrence = occurrence;
    this.stepper = stepper;
    this.recorder = recorder;
    this.control = control;
  }

  /** Applies every step at every target, as the targets stand now. */
  void begin(List<PlannedTarget> targets) throws InterruptedException {
    if (!enter()) {
      return;
    }
    try {
      putInForce(targets);
    } finally {
      if (leave()) {
        withdraw();
      }
    }
  }

  private synchronized boolean enter() {
    if (endWanted) {
      return false;
    }
    beginner = Thread.currentThread();
    begun = true;
    return true;
  }

  /** Whether the end was asked for meanwhile; an interrupt that said so has done its work. */
  private synchronized boolean leave() {
    beginner = null;
    boolean _ = endWanted && Thread.interrupted();
    return endWanted;
  }

  private void putInForce(List<PlannedTarget> targets) throws InterruptedException {
    Evidence evidence =
        control ? new Evidence(true, "left out: this is a control run") : apply(targets);
    if (evidence.proven() || !applied.isEmpty()) {
      recorder.record(new Event.FaultBegan(fault.name(), occurrence, evidence));
    }
    if (!evidence.proven()) {
      stop("fault %s had no proven effect: %s".formatted(fault.name(), evidence.words()));
    }
  }

  private void stop(String words) {
    recorder.recordIf(
        state -> state.orElseThrow().stop().isEmpty(),
        (_, _) -> new Event.Stopping(StopReason.FAULT_FAILED, Optional.empty(), words));
  }

  /**
   * What is over at once, or goes through the API of a cluster, in one step, happens at all targets
   * before its effect is waited for at any: so it hits them together. After one that goes wrong no
   * other is touched, but for those that requests are under way to. Of several steps each has to
   * show before the next.
   */
  private Evidence apply(List<PlannedTarget> targets) throws InterruptedException {
    boolean oneStep = targets.stream().allMatch(target -> target.steps().size() == 1);
    return oneStep && (fault.instant() || byRequest(targets)) ? together(targets) : inTurn(targets);
  }

  private Evidence together(List<PlannedTarget> targets) throws InterruptedException {
    List<Effect> effects = new ArrayList<>();
    int portion = portion(targets);
    for (int from = 0; from < targets.size() && !wentWrong(effects); from += portion) {
      int to = Math.min(targets.size(), from + portion);
      if (!intended(targets.subList(from, to).stream().map(this::first).toList())) {
        return new Evidence(false, "the run was stopping");
      }
      effects.addAll(stepper.act(applied.subList(from, to)));
    }
    return stepper.verify(applied, effects).stream()
        .filter(shown -> !shown.proven())
        .findFirst()
        .orElseGet(() -> all(targets));
  }

  private static boolean wentWrong(List<Effect> effects) {
    return effects.stream().anyMatch(effect -> !(effect instanceof Effect.Done));
  }

  /** How many are hit in one go. */
  private static int portion(List<PlannedTarget> targets) {
    if (!byRequest(targets)) {
      return 1;
    }
    boolean byAgents =
        targets.stream()
            .anyMatch(target -> target.steps().getFirst().action() instanceof PodAction);
    return byAgents ? AGENTS_AT_ONCE : Portions.MOST;
  }

  private static boolean byRequest(List<PlannedTarget> targets) {
    return targets.stream()
        .allMatch(target -> target.steps().getFirst().action() instanceof Action.InCluster);
  }

  private boolean intended(List<Applied> together) {
    Kept intent = stepper.intend(together);
    if (intent != Kept.NOT) {
      applied.addAll(together);
    }
    return intent == Kept.SAFELY;
  }

  private Applied first(PlannedTarget target) {
    return new Applied(
        new StepRef(fault.name(), occurrence, target.name(), 0), target.steps().getFirst());
  }

  private static Evidence all(List<PlannedTarget> targets) {
    return new Evidence(true, "%d of %d targets".formatted(targets.size(), targets.size()));
  }

  private Evidence inTurn(List<PlannedTarget> targets) throws InterruptedException {
    for (PlannedTarget target : targets) {
      for (int i = 0; i < target.steps().size(); i++) {
        StepRef ref = new StepRef(fault.name(), occurrence, target.name(), i);
        Step step = target.steps().get(i);
        if (!intended(List.of(new Applied(ref, step)))) {
          return new Evidence(false, "the run was stopping");
        }
        Evidence evidence = stepper.apply(ref, step);
        if (!evidence.proven()) {
          return evidence;
        }
      }
      Evidence guarded = stepper.stillShown(target.steps());
      if (!guarded.proven()) {
        return guarded;
      }
    }
    return all(targets);
  }

  /** A fault whose targets are no longer what was planned. */
  void fail(String why) {
    stop("fault %s could not begin: %s".formatted(fault.name(), why));
  }

  /**
   * Takes back whatever was applied, the last first. A beginning under way is cut short; then this
   * returns at once, and {@link #ended} tells when it is done.
   */
  void end() throws InterruptedException {
    if (!cutShort()) {
      withdraw();
    }
  }

  /** Takes back whatever guards it, and lets the objects of a cluster keep what they have. */
  void settle() throws InterruptedException {
    if (!cutShort()) {
      withdraw(applied.stream().map(Applied::kept).toList(), "what it has set stays");
    }
  }

  private synchronized boolean cutShort() {
    boolean first = !endWanted;
    endWanted = true;
    if (beginner != null) {
      beginner.interrupt();
    }
    return ended || beginner != null || !first || !begun;
  }

  /**
   * Applies one more step at the only target. As with the beginning, a withdrawal never overtakes
   * it: otherwise a late effect could follow the undo.
   *
   * @param further in place of the occurrence, names how far it goes
   */
  void further(int further, PlannedTarget target, Step step) throws InterruptedException {
    if (!enter()) {
      return;
    }
    try {
      StepRef ref = new StepRef(fault.name(), further, target.name(), target.steps().size() - 1);
      if (stepper.intend(ref, step) == Kept.SAFELY) {
        Evidence evidence = stepper.apply(ref, step);
        if (!evidence.proven()) {
          stop("fault %s did not go further: %s".formatted(fault.name(), evidence.words()));
        }
      }
    } finally {
      if (leave()) {
        withdraw();
      }
    }
  }

  /** One look at what has become of the targets of the steps that are in force. */
  interface Look {
    Successors.Found now(List<Applied> inForce) throws Unplannable;
  }

  /**
   * Takes back what was done to targets that are gone, and does it to those in their place. Does
   * nothing while something else of the fault is under way. A target that is gone for good counts
   * as withdrawn only when that was shown; until then nothing takes its place.
   *
   * @throws Unplannable when nothing can be found, or may be disturbed, in place of them
   */
  void follow(Look look) throws Unplannable, InterruptedException {
    if (!enterAlone()) {
      return;
    }
    try {
      Successors.Found found = look.now(List.copyOf(applied));
      for (Applied one : List.copyOf(applied)) {
        if (found.gone().contains(one.ref().target()) && stepper.undoGone(one)) {
          applied.remove(one);
        }
      }
      for (PlannedTarget next : found.instead()) {
        takeIn(next);
      }
    } finally {
      if (leave()) {
        withdraw();
      }
    }
  }

  private void takeIn(PlannedTarget next) throws InterruptedException {
    boolean room = applied.stream().noneMatch(one -> one.ref().target().equals(next.name()));
    if (!room || applied.size() >= fault.targets().size()) {
      return;
    }
    Applied one = first(next);
    if (intended(List.of(one))) {
      Evidence _ = stepper.apply(one.ref(), one.step());
    }
  }

  private synchronized boolean enterAlone() {
    return begun && !ended && beginner == null && enter();
  }

  /** Lets what is in force stay for good: only its guards are taken back. */
  void keep(String words) throws InterruptedException {
    if (!enter()) {
      return;
    }
    try {
      List<Applied> guards =
          applied.stream().filter(one -> one.step().action() instanceof Action.ArmFuse).toList();
      if (stepper.undo(guards)) {
        recorder.record(new Event.Promoted(fault.name(), words));
        ended = true;
      } else {
        stop("what guards %s could not be taken back".formatted(fault.name()));
      }
    } finally {
      if (leave() && !ended) {
        withdraw();
      }
    }
  }

  private void withdraw() throws InterruptedException {
    withdraw(applied, "nothing is in force");
  }

  private void withdraw(List<Applied> steps, String then) throws InterruptedException {
    boolean proven = stepper.undo(steps);
    recorder.record(
        new Event.FaultEnded(
            fault.name(),
            occurrence,
            new Evidence(proven, proven ? then : "its end was not shown")));
    ended = true;
    if (!proven) {
      stop("the end of fault %s was not shown".formatted(fault.name()));
    }
  }

  /** Whether nothing of it is under way any more. */
  synchronized boolean ended() {
    return ended || !begun;
  }
}
