package dev.faultline.canary;

import dev.faultline.engine.run.Due;
import dev.faultline.engine.run.FaultState;
import dev.faultline.engine.run.RunState;
import dev.faultline.model.document.Approve;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Breach;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan.PlannedFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a breach that takes no traffic back at once: a person is asked, or the canary
 * gets more pods. A step that waits for an approval is a question, too.
 */
record BreachCourse(RunState run, RolloutState rollout, Duration now) {

  /**
   * Whether the canary keeps its part in spite of a reason to stop.
   *
   * @param stands whether it has a part that can stand still: what is on its way, or broken in a
   *     trial, cannot
   */
  boolean spares(Due.Stop stop, boolean stands) {
    boolean breach =
        stop.reason() == StopReason.GATE_BREACHED || stop.reason() == StopReason.CANARY_WORSE;
    return breach && (asks(stands) || helps(stands));
  }

  private boolean asks(boolean stands) {
    return rollout.spec().asksAfterBreach().isPresent()
        && !overdue()
        && (rollout.overruled() || stands);
  }

  /** More pods come once; from when on everything counts again, a breach is one. */
  private boolean helps(boolean stands) {
    return rollout.spec().scalesOut().isPresent()
        && rollout.graceEnds().map(end -> now.compareTo(end) < 0).orElse(stands);
  }

  /** Whether a breach was told already, and needs no other answer. */
  boolean answered() {
    return rollout.breached() || rollout.graceEnds().isPresent();
  }

  /** The pods that were promised, and that nobody has begun to add. */
  Optional<Due> more() {
    return pods()
        .filter(_ -> rollout.graceEnds().isPresent())
        .filter(pods -> run.fault(pods.name()).status() == FaultState.Status.PENDING)
        .map(pods -> new Due.Begin(pods, 0));
  }

  /** Whether a canary that got more pods keeps them by itself, or got none. */
  boolean settled() {
    return pods().filter(pods -> run.fault(pods.name()).open()).isEmpty();
  }

  /** What is due before a canary is promoted; before that its pods go with its traffic. */
  List<Due> settling() {
    return pods()
        .filter(pods -> run.fault(pods.name()).status() == FaultState.Status.HOLDING)
        .<Due>map(Due.Settle::new)
        .stream()
        .toList();
  }

  private Optional<PlannedFault> pods() {
    return run.plan().faults().stream()
        .filter(fault -> fault.name().equals(RolloutSpec.SCALE_OUT))
        .findFirst();
  }

  /** Faults that began while somebody was asked would be ended by nobody. */
  static Optional<Due.Stop> stop(RolloutState.Asked asked) {
    return asked.breach().map(one -> new Due.Stop(one.reason(), one.gate(), one.words()));
  }

  static Breach of(Due.Stop stop) {
    return new Breach(stop.reason(), stop.gate(), stop.words());
  }

  /** Whether a person was asked for so long that he is not waited for any more. */
  boolean overdue() {
    return rollout
        .waits()
        .map(asked -> now.compareTo(asked.since().plus(patience(asked))) >= 0)
        .orElse(false);
  }

  /** Nobody has said anything for too long. */
  Optional<Due.Stop> impatience() {
    return rollout.waits().filter(_ -> overdue()).map(this::unanswered);
  }

  private Duration patience(RolloutState.Asked asked) {
    return (asked.breach().isPresent() ? rollout.spec().asksAfterBreach() : rollout.approval())
        .map(Approve::patience)
        .orElse(Duration.ZERO);
  }

  private Due.Stop unanswered(RolloutState.Asked asked) {
    String nobody =
        "nobody approved that it goes on from %s within %d s"
            .formatted(rollout.stepWords(), patience(asked).toSeconds());
    return asked
        .breach()
        .map(breach -> new Due.Stop(breach.reason(), breach.gate(), breach.words() + "; " + nobody))
        .orElse(new Due.Stop(StopReason.NOT_APPROVED, Optional.empty(), nobody));
  }
}
