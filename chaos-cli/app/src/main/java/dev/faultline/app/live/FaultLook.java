package dev.faultline.app.live;

import dev.faultline.model.event.Evidence;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest occurrence of one fault.
 *
 * @param occurrence from 0
 * @param state how it stands
 * @param since since when, from the start of the run
 * @param targets what was shown at each target, the last of it
 */
record FaultLook(int occurrence, State state, Duration since, Map<String, Shown> targets) {

  /** How a fault can stand. */
  enum State {
    PLANNED,
    BEGINNING,
    /** Its effect was shown. */
    IN_FORCE,
    ENDING,
    /** Nothing of it is in force, and that was shown. */
    OVER,
    /** It could not be put into force. */
    FAILED,
    /** Something of it may be in force. */
    NOT_PROVEN_OVER
  }

  /** What was shown at a target: that the fault is there, or that it is gone. */
  record Shown(boolean undone, Evidence evidence) {}

  static final FaultLook PLANNED = new FaultLook(0, State.PLANNED, Duration.ZERO, Map.of());

  FaultLook {
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
  }

  /** A step of an occurrence is about to be applied. */
  FaultLook beginning(int which, Duration now) {
    return state == State.BEGINNING && which == occurrence
        ? this
        : new FaultLook(which, State.BEGINNING, now, Map.of());
  }

  /** A step back is about to be applied. */
  FaultLook ending(Duration now) {
    return state == State.ENDING ? this : new FaultLook(occurrence, State.ENDING, now, targets);
  }

  FaultLook began(int which, boolean proven, Duration now) {
    Map<String, Shown> seen = which == occurrence ? targets : Map.of();
    return new FaultLook(which, proven ? State.IN_FORCE : State.FAILED, now, seen);
  }

  FaultLook ended(boolean proven, Duration now) {
    State end = !proven ? State.NOT_PROVEN_OVER : state == State.FAILED ? State.FAILED : State.OVER;
    return new FaultLook(occurrence, end, now, targets);
  }

  FaultLook shown(String target, boolean undone, Evidence evidence) {
    Map<String, Shown> next = new LinkedHashMap<>(targets);
    next.put(target, new Shown(undone, evidence));
    return new FaultLook(occurrence, state, since, next);
  }
}
