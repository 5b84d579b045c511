package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Disturbance;
import java.util.EnumSet;
import java.util.Set;

/**
 * A bit of a packet, behind its addresses, is wrong: the receiver drops it for its checksum, or
 * does not notice.
 *
 * @param percent which share of the packets; above 0% and at most 100%
 */
public record Corrupt(Quantity percent) implements NetworkFault {

  /** Refuses a share that is none. */
  public Corrupt {
    double _ = Parameters.someShare("percent", percent);
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Corrupt(percent.value());
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.of(Medium.PACKETS);
  }
}
