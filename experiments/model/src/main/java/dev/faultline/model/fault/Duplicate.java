package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Disturbance;
import java.util.EnumSet;
import java.util.Set;

/**
 * Packets come twice.
 *
 * @param percent which share of them; above 0% and at most 100%
 */
public record Duplicate(Quantity percent) implements NetworkFault {

  /** Refuses a share that is none. */
  public Duplicate {
    double _ = Parameters.someShare("percent", percent);
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Duplicate(percent.value());
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.of(Medium.PACKETS);
  }
}
