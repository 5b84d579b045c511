package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.world.Direction;
import dev.faultline.model.world.Disturbance;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is sent is under way longer, in its order and at full bandwidth, as on a longer line.
 *
 * @param delay how long, in each direction that is disturbed
 * @param jitter how far it strays; not at all when absent
 * @param distribution how it strays: {@code uniform} when absent, {@code normal} (the jitter is the
 *     standard deviation) or {@code pareto}
 * @param correlation how much of a piece's jitter is that of the piece before; none when absent
 * @param order of packets: {@code kept} when absent, or {@code free}, so that one with a short
 *     delay overtakes
 */
public record Latency(
    Duration delay,
    Optional<Duration> jitter,
    Optional<Disturbance.Spread> distribution,
    Optional<Quantity> correlation,
    Optional<Order> order)
    implements NetworkFault {

  /** What jitter may do. */
  public enum Order {
    /** Nothing overtakes. */
    KEPT,
    /** Each packet has its own delay, whatever went before. */
    FREE
  }

  /** Refuses what cannot be, and what would say nothing. */
  public Latency {
    Parameters.positive("delay", delay);
    if (jitter.isPresent() && jitter.get().compareTo(delay) > 0) {
      throw new InvalidValue("jitter", "'jitter' must be at most 'delay': nothing arrives early");
    }
    if (jitter.isEmpty() && (distribution.isPresent() || correlation.isPresent())) {
      throw new InvalidValue(
          distribution.isPresent() ? "distribution" : "correlation",
          "this says how the jitter strays, and there is none; add 'jitter'");
    }
    if (jitter.isEmpty() && order.isPresent()) {
      throw new InvalidValue(
          "order",
          "without jitter all are as late as each other, and none overtakes; add 'jitter'");
    }
    double _ = Parameters.share("correlation", correlation);
  }

  @Override
  public Set<Medium> media() {
    return free() ? EnumSet.of(Medium.PACKETS) : EnumSet.allOf(Medium.class);
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Latency(
        delay,
        jitter.orElse(Duration.ZERO),
        distribution.orElse(Disturbance.Spread.UNIFORM),
        Parameters.share("correlation", correlation),
        !free());
  }

  private boolean free() {
    return order.equals(Optional.of(Order.FREE));
  }

  /** One way only, so that a request takes longer by the delay, and not by twice the delay. */
  @Override
  public Direction usual() {
    return Direction.OUT;
  }
}
