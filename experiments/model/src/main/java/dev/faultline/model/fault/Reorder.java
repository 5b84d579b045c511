package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Disturbance;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Packets are held back, and overtaken by those that follow.
 *
 * @param percent which share of them; above 0% and at most 100%
 * @param by how long they are held back; at most 5m
 */
public record Reorder(Quantity percent, Duration by) implements NetworkFault {

  /** Refuses a share that is none, and a time that nobody would wait for. */
  public Reorder {
    double _ = Parameters.someShare("percent", percent);
    Duration _ = Parameters.positive("by", by);
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Reorder(percent.value(), by);
  }

  @Override
  public Set<Medium> media() {
    return EnumSet.of(Medium.PACKETS);
  }
}
