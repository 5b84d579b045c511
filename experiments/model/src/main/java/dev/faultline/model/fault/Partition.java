package dev.faultline.model.fault;

import dev.faultline.model.world.Disturbance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Nothing passes, as where a cable is cut.
 *
 * @param senders what they learn: {@code nothing} when absent, or that they are {@code refused}
 */
public record Partition(Optional<Senders> senders) implements NetworkFault {

  /** What senders learn. */
  public enum Senders {
    /** Their packets are lost on the way. */
    NOTHING,
    /** A reset of TCP, or that the other side cannot be reached. */
    REFUSED
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Partition(senders.equals(Optional.of(Senders.REFUSED)));
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.of(Medium.PACKETS);
  }
}
