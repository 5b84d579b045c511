package dev.faultline.model.summary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The longest time in which no writer that a failure hit got an acknowledgement, and what it was
 * spent on. Times count from the start of the run.
 *
 * @param firstFailed when the first write that failed was sent, or the last acknowledgement of any
 *     writer should that be later
 * @param firstBack the first acknowledgement after it; empty when there was none
 * @param allBack when every writer had one again; empty when not all had
 * @param waits what was waited for, in order; only what was seen
 */
public record Outage(
    Duration firstFailed,
    Optional<Duration> firstBack,
    Optional<Duration> allBack,
    List<Wait> waits) {

  /** Keeps the list unchangeable. */
  public Outage {
    waits = List.copyOf(waits);
  }

  /** What a failover is made of. */
  public enum Part {
    /** From the fault until the system noticed it. */
    DETECTION,
    /** From then until a successor was chosen. */
    ELECTION,
    /** From then until the successor took writes. */
    PROMOTION,
    /** From then until the first client had an acknowledgement. */
    RECONNECTION
  }

  /**
   * One part of the outage.
   *
   * @param evidence what shows its end, in words
   */
  public record Wait(Part part, Duration from, Duration to, String evidence) {
    /** How long it took. */
    public Duration length() {
      return to.minus(from);
    }
  }

  /** Recovery time: from the first failed write to the first successful one. */
  public Optional<Duration> recoveryTime() {
    return firstBack.map(back -> back.minus(firstFailed));
  }

  /** From the first failed write until every writer was back. */
  public Optional<Duration> slowest() {
    return allBack.map(back -> back.minus(firstFailed));
  }
}
