package dev.faultline.node.packet;

/**
 * How many of the selected packets are hit.
 *
 * @param flows of the connections, 0 to 1: chosen by a hash of both addresses, both ports and the
 *     seed, so that both ways of a connection share their luck
 * @param packets of the packets of those, 0 to 1
 */
public record Share(double flows, double packets) {

  /** All of them. */
  public static final Share ALL = new Share(1, 1);

  /**
   * @throws IllegalArgumentException when one is not from 0 to 1
   */
  public Share {
    if (!(flows >= 0 && flows <= 1 && packets >= 0 && packets <= 1)) {
      throw new IllegalArgumentException("shares must be 0 to 1: " + flows + ", " + packets);
    }
  }
}
