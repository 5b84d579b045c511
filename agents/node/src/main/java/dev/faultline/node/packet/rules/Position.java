package dev.faultline.node.packet.rules;

import dev.faultline.node.packet.Direction;

/**
 * Where a fault stands among all faults of all engines of a namespace, which packets meet one after
 * the other. A packet that an engine sends itself carries a mark that says which fault it has met
 * last, so that it meets only those behind: it cannot go round in circles.
 *
 * @param band tells engines apart, 0 to {@value #BANDS} - 1
 * @param slot tells the faults of an engine apart, 0 to {@value #SLOTS} - 1
 */
public record Position(int band, int slot) {

  /** How many engines there may be that do not share a place. */
  public static final int BANDS = 128;

  /** How many faults of an engine there may be at a time. */
  public static final int SLOTS = 32;

  // Before connection tracking (-200), so that it sees a packet but once.
  private static final int FIRST_PRIORITY = -8192;
  private static final int FIRST_MARK = 0xFA17_0000;
  private static final int MARKS = BANDS * SLOTS;

  /** The greatest mark of all, as they compare without a sign. */
  static final int LAST_MARK = FIRST_MARK + 2 * MARKS - 1;

  /**
   * @throws IllegalArgumentException when there is no such place
   */
  public Position {
    if (band < 0 || band >= BANDS || slot < 0 || slot >= SLOTS) {
      throw new IllegalArgumentException("no such place: " + band + ", " + slot);
    }
  }

  int priority() {
    return FIRST_PRIORITY + place();
  }

  /**
   * The mark of packets that have met this fault. Those that are sent again on their way in leave
   * first, and must not be met there: all their marks are above those of packets on their way out.
   */
  public int mark(Direction direction) {
    return FIRST_MARK + (direction == Direction.IN ? MARKS : 0) + place();
  }

  private int place() {
    return band * SLOTS + slot;
  }
}
