package dev.faultline.judge;

import java.time.Duration;

/**
 * What is known about one gate at one moment, as a pure function of its readings.
 *
 * <p>A breach must last: the state is {@link Status#BREACHED} once every reading since {@code
 * since} was outside the bound and the last one is at least {@code lasting} after it. A blind
 * reading neither proves nor ends a breach: it makes the gate blind until a value is read.
 *
 * @param status the present status
 * @param since when the present status began, measured from the start of the run
 * @param readings how many readings in a row gave this status
 * @param last the last reading
 */
public record GateState(Status status, Duration since, int readings, Reading last) {

  /** The ways a gate can stand. */
  public enum Status {
    /** Nothing read yet. */
    UNREAD,
    /** Inside the bound. */
    INSIDE,
    /** Outside the bound, not yet for long enough. */
    OUTSIDE,
    /** Outside the bound for as long as it takes. */
    BREACHED,
    /** Not readable. */
    BLIND
  }

  /** Before the first reading. */
  public static GateState unread() {
    return new GateState(
        Status.UNREAD, Duration.ZERO, 0, new Reading.Blind(BlindReason.NO_DATA, "not read yet"));
  }

  /**
   * The state after one more reading.
   *
   * @param at time of the reading since the start of the run; never decreases
   * @param lasting how long a breach must last to count; zero means the first reading counts
   */
  public GateState on(Reading reading, Duration at, Bound bound, Duration lasting) {
    return switch (reading) {
      case Reading.Blind blind -> next(Status.BLIND, at, blind);
      case Reading.Value value when bound.holds(value.value()) -> next(Status.INSIDE, at, value);
      case Reading.Value value -> outside(value, at, lasting);
    };
  }

  private GateState outside(Reading.Value value, Duration at, Duration lasting) {
    boolean already = status == Status.OUTSIDE || status == Status.BREACHED;
    Duration began = already ? since : at;
    boolean breached = status == Status.BREACHED || at.minus(began).compareTo(lasting) >= 0;
    return new GateState(
        breached ? Status.BREACHED : Status.OUTSIDE, began, already ? readings + 1 : 1, value);
  }

  private GateState next(Status now, Duration at, Reading reading) {
    return now == status
        ? new GateState(now, since, readings + 1, reading)
        : new GateState(now, at, 1, reading);
  }
}
