package dev.faultline.model.world;

import java.util.Optional;

/**
 * The clock of a process.
 *
 * @param running whether the process lives
 * @param ready whether it is healthy, as far as it is ever asked
 * @param set how far its clock was set off when it was started, as the kernel shows its libraries
 *     and variables
 * @param seen how far its clock is off by the dates of its own answers, which have whole seconds;
 *     empty where it gives none
 */
public record ClockReading(
    boolean running, boolean ready, ClockShift set, Optional<ClockShift> seen) {

  /** Of a process that does not run. */
  public static final ClockReading GONE =
      new ClockReading(false, false, ClockShift.NONE, Optional.empty());

  // Dates have whole seconds, and servers keep one for a second.
  private static final long TOLERANCE = 3;

  /** Whether the process shows this clock, as far as it shows any. */
  public boolean shows(ClockShift clock) {
    return running
        && set.equals(clock)
        && seen.map(own -> Math.abs(own.seconds() - clock.seconds()) <= TOLERANCE).orElse(true);
  }

  /** The reading in words. */
  public String words() {
    if (!running) {
      return "gone";
    }
    return "%s; %s%s"
        .formatted(
            set.words(),
            seen.map(own -> "by the date of its own answers %+d s".formatted(own.seconds()))
                .orElse("its answers have no date"),
            ready ? "" : ", not healthy");
  }
}
