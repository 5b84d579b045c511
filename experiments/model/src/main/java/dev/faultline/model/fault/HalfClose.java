package dev.faultline.model.fault;

import dev.faultline.model.world.Disturbance;

/**
 * Each direction that is disturbed is ended in order, as by a peer that has said all; the other
 * goes on.
 */
public record HalfClose() implements NetworkFault {

  @Override
  public Disturbance disturbance() {
    return new Disturbance.HalfClose();
  }

  @Override
  public boolean ends() {
    return true;
  }

  /** What has ended at once cannot end after some bytes. */
  @Override
  public boolean contradicts(NetworkFault other) {
    return other instanceof HalfClose || other instanceof ByteLimit;
  }
}
