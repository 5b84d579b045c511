package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;

/**
 * A connection is ended in order after so many bytes: an answer that breaks off.
 *
 * @param after how many, counted from the beginning of the fault or of the connection
 */
public record ByteLimit(Quantity after) implements NetworkFault {

  private static final long MOST = 1L << 40;

  /** Requires a size. */
  public ByteLimit {
    long _ = Parameters.size("after", after, 0, MOST);
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.ByteLimit(Parameters.size("after", after, 0, MOST));
  }

  @Override
  public boolean ends() {
    return true;
  }

  /** So that it is the answer that breaks off. */
  @Override
  public Direction usual() {
    return Direction.OUT;
  }
}
