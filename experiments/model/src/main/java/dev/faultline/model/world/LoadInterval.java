package dev.faultline.model.world;

import java.time.Instant;
import java.util.Map;

/**
 * What the load met among the requests whose intended start lies in one second.
 *
 * @param second number of the second since the load began
 * @param at when that second began
 * @param asked the rate that was asked for in that second, in requests per second
 * @param intended requests that should have been started
 * @param answered requests that got an answer that is no error
 * @param errors failed requests by class, such as {@code http 503} or {@code timeout}
 * @param histogram latency from the intended start, of all requests that ended, in microseconds: an
 *     HdrHistogram in its compressed encoding, in base64
 */
public record LoadInterval(
    long second,
    Instant at,
    double asked,
    long intended,
    long answered,
    Map<String, Long> errors,
    String histogram) {

  /** Keeps the map unchangeable. */
  public LoadInterval {
    errors = Map.copyOf(errors);
  }

  /** Failed requests of every class. */
  public long failed() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }
}
