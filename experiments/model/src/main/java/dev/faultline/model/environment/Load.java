package dev.faultline.model.environment;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.Unit;
import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Open-loop load over HTTP: requests start when they are due, whatever became of earlier ones.
 *
 * @param http the address; in a lab {@code ${NAME.PORT}} stands for a port
 * @param rate requests per second, above 0/s and at most 100000/s
 * @param method GET when absent
 * @param headers headers of each request
 * @param body body of each request
 * @param timeout how long an answer may take; 5s when absent
 */
public record Load(
    String http,
    Quantity rate,
    Optional<String> method,
    Map<String, String> headers,
    Optional<String> body,
    Optional<Duration> timeout) {

  /** Requires an address and a rate of requests per second. */
  public Load {
    InvalidValue.required(http, "http");
    InvalidValue.required(rate, "rate");
    headers = Map.copyOf(headers);
    if (rate.unit() != Unit.PER_SECOND) {
      throw new InvalidValue("rate", "'%s' is not a rate; write it as 200/s".formatted(rate));
    }
    if (rate.value() <= 0 || rate.value() > 100_000) {
      throw new InvalidValue("rate", "the rate must be above 0/s and at most 100000/s");
    }
  }
}
