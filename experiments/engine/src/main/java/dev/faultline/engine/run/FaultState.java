package dev.faultline.engine.run;

import java.time.Duration;

/**
 * Where a fault stands.
 *
 * @param status its status
 * @param since when that began, since the start of the run
 * @param began when the present or last occurrence began
 * @param occurrence which repetition is meant, from 0
 * @param ever whether it was ever in force
 * @param left whether the end of an occurrence could not be shown
 */
public record FaultState(
    Status status, Duration since, Duration began, int occurrence, boolean ever, boolean left) {

  /** The ways a fault can stand. */
  public enum Status {
    /** Not begun, or not yet again. */
    PENDING,
    /** Its steps are being applied. */
    BEGINNING,
    /** In force. */
    HOLDING,
    /** Being taken back. */
    ENDING,
    /** Over. */
    ENDED
  }

  static final FaultState PENDING =
      new FaultState(Status.PENDING, Duration.ZERO, Duration.ZERO, 0, false, false);

  FaultState to(Status next, Duration at) {
    Duration start = status == Status.PENDING ? at : began;
    return new FaultState(next, at, start, occurrence, true, left);
  }

  FaultState ended(Duration at, boolean proven) {
    FaultState ended = to(Status.ENDED, at);
    return new FaultState(Status.ENDED, at, ended.began, occurrence, true, left || !proven);
  }

  FaultState again(Duration at) {
    return new FaultState(Status.PENDING, at, began, occurrence + 1, ever, left);
  }

  /** Whether some of it may be in force. */
  public boolean open() {
    return status == Status.BEGINNING || status == Status.HOLDING || status == Status.ENDING;
  }
}
