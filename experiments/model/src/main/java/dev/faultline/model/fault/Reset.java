package dev.faultline.model.fault;

import dev.faultline.model.world.Disturbance;
import java.time.Duration;
import java.util.Optional;

/**
 * Connections are reset, towards both ends.
 *
 * @param after how long after the beginning of the fault or of the connection, whichever is later;
 *     at once when absent
 */
public record Reset(Optional<Duration> after) implements NetworkFault {

  /** Refuses a time that nobody would wait for. */
  public Reset {
    after.ifPresent(time -> Parameters.checkTime("after", time));
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Reset(after.orElse(Duration.ZERO));
  }

  @Override
  public boolean ends() {
    return true;
  }

  @Override
  public Duration showsAfter() {
    return after.orElse(Duration.ZERO);
  }

  @Override
  public boolean directed() {
    return false;
  }
}
