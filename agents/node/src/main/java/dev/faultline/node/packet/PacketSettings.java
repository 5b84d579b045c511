package dev.faultline.node.packet;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What an engine needs to know before its first fault.
 *
 * @param run the identity of the run: letters, digits, dots, dashes and underscores, at most 64
 * @param place where packets are disturbed
 * @param lease how long faults outlive the last renewal: whole milliseconds from 1 s to 10 minutes
 * @param mostHeld how many packets of a fault may be kept at a time, 1 to 200,000: those beyond
 *     pass untouched. So many are lost at most when the engine is killed
 * @param spared connections of TCP that no fault hits, such as the one that feeds this program
 */
public record PacketSettings(
    String run, Place place, Duration lease, int mostHeld, List<Ends> spared) {

  /** Enough for 1 s of delay at 65,000 packets per second. */
  public static final int MOST_HELD = 65_536;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int MOST = 200_000;

  /**
   * @throws IllegalArgumentException when a setting is out of its range
   */
  public PacketSettings {
    spared = List.copyOf(spared);
    if (!run.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException("not the identity of a run: '" + run + "'");
    }
    if (lease.compareTo(SHORTEST) < 0
        || lease.compareTo(LONGEST) > 0
        || !lease.truncatedTo(ChronoUnit.MILLIS).equals(lease)) {
      throw new IllegalArgumentException("a lease must be 1 s to 10 minutes: " + lease);
    }
    if (mostHeld < 1 || mostHeld > MOST) {
      throw new IllegalArgumentException("most held must be 1 to " + MOST + ": " + mostHeld);
    }
  }

  /** With what is usual, and SSH spared. */
  public static PacketSettings of(String run, Place place, Duration lease) {
    return new PacketSettings(run, place, lease, MOST_HELD, List.of(Ends.local(22)));
  }
}
