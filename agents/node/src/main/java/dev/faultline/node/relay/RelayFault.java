package dev.faultline.node.relay;

import java.util.EnumSet;
import java.util.Set;

/**
 * A disturbance, and what it hits.
 *
 * @param ways the ways that are disturbed, at least one; {@link StreamFault.Reset} and {@link
 *     StreamFault.Refuse} concern a connection as a whole and do not look at it
 * @param share of the connections that are hit, 0 to 1; each is chosen by a hash of its number and
 *     the seed
 * @param seed of all chance: the same seed gives the same connections and the same jitter
 */
public record RelayFault(StreamFault fault, Set<Way> ways, double share, long seed) {

  /**
   * @throws IllegalArgumentException when there is no way, or the share is out of its range
   */
  public RelayFault {
    ways = Set.copyOf(ways);
    if (ways.isEmpty()) {
      throw new IllegalArgumentException("a fault needs a way");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be 0 to 1: " + share);
    }
  }

  /** A disturbance of both ways of every connection. */
  public static RelayFault of(StreamFault fault) {
    return new RelayFault(fault, EnumSet.allOf(Way.class), 1, 0);
  }

  /** A disturbance of one way of every connection. */
  public static RelayFault of(StreamFault fault, Way way) {
    return new RelayFault(fault, EnumSet.of(way), 1, 0);
  }
}
