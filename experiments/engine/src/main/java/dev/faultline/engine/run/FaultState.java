package dev.faultline.engine.run;

import java.time.Duration;

/**
 * Where a fault stands.
 *
 * @param status its status
 * @param since when that began, since the start of the run
 * @param occurrence which repetition is meant, from 0
 * @param ever whether it was ever in force
 */
record FaultState(Status status, Duration since, int occurrence, boolean ever) {

  enum Status {
    PENDING,
    BEGINNING,
    HOLDING,
    ENDING,
    ENDED
  }

  static final FaultState PENDING = new FaultState(Status.PENDING, Duration.ZERO, 0, false);

  FaultState to(Status next, Duration at) {
    return new FaultState(next, at, occurrence, true);
  }

  FaultState again(Duration at) {
    return new FaultState(Status.PENDING, at, occurrence + 1, ever);
  }

  /** Whether some of it may be in force. */
  boolean open() {
    return status == Status.BEGINNING || status == Status.HOLDING || status == Status.ENDING;
  }
}
