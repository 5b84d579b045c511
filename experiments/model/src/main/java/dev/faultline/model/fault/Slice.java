package dev.faultline.model.fault;

import dev.faultline.judge.Quantity;
import dev.faultline.model.world.Disturbance;
import java.time.Duration;
import java.util.Optional;

/**
 * What is sent passes in small pieces: what a reader gets at once is never the whole.
 *
 * @param size of a piece
 * @param pause between two of them; none when absent
 */
public record Slice(Quantity size, Optional<Duration> pause) implements NetworkFault {

  private static final long MOST = 1L << 20;

  /** Requires a size. */
  public Slice {
    long _ = Parameters.size("size", size, 1, MOST);
    pause.ifPresent(time -> Parameters.checkTime("pause", time));
  }

  @Override
  public Disturbance disturbance() {
    return new Disturbance.Slice(
        Math.toIntExact(Parameters.size("size", size, 1, MOST)), pause.orElse(Duration.ZERO));
  }
}
