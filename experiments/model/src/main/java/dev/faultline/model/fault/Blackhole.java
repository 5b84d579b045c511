package dev.faultline.model.fault;

import dev.faultline.model.world.Disturbance;

/**
 * Nothing passes and nothing ends, as when a firewall drops every packet; what was held passes when
 * the fault ends.
 */
public record Blackhole() implements NetworkFault {

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Blackhole();
  }

  /** Nothing passes, not even the news of an end. */
  @Override
  public boolean contradicts(NetworkFault other) {
    return other instanceof Blackhole || other.ends();
  }
}
