package dev.faultline.model.fault;

import dev.faultline.model.world.Disturbance;

/** New connections are refused (reset at once); those that are open go on. */
public record Refuse() implements NetworkFault {

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Refuse();
  }

  @Override
  public boolean ends() {
    return true;
  }

  @Override
  public boolean directed() {
    return false;
  }
}
