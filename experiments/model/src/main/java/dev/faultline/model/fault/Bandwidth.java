package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import java.util.EnumSet;
import java.util.Set;

/**
 * No more than so many bytes of a connection pass in a second, in each direction that is disturbed.
 *
 * @param perSecond how many
 */
public record Bandwidth(Quantity perSecond) implements NetworkFault {

  private static final long MOST = 10L << 30;

  /** Requires a size. */
  public Bandwidth {
    long _ = Parameters.size("perSecond", perSecond, 1, MOST);
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.allOf(Medium.class);
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Bandwidth(Parameters.size("perSecond", perSecond, 1, MOST));
  }

  /** As downloads are slow. */
  @Override
  public Direction usual() {
    return Direction.OUT;
  }
}
