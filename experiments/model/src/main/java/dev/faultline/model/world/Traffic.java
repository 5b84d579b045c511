package dev.faultline.model.world;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.util.Optional;

/**
 * Which part of the traffic of a link a fault disturbs.
 *
 * @param port the name of the target's port; every one when absent
 * @param direction which way; what is usual for the fault when absent
 * @param percent which share of the connections, or of the exchanges of HTTP; all when absent
 */
public record Traffic(
    Optional<String> port, Optional<Direction> direction, Optional<Quantity> percent) {

  /** All of it. */
  public static final Traffic ALL =
      new Traffic(Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses a share that is none. */
  public Traffic {
    if (percent.isPresent()
        && (percent.get().unit() != Unit.SHARE
            || percent.get().value() <= 0
            || percent.get().value() > 1)) {
      throw new InvalidValue(
          "percent", "'percent' must be above 0% and at most 100%, such as percent: 20%");
    }
  }

  /** The share, from 0 to 1. */
  public double share() {
    return percent.map(Quantity::value).orElse(1.0);
  }
}
