package dev.faultline.model.environment;

import dev.faultline.model.codec.InvalidValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Prometheus, or what speaks its HTTP API.
 *
 * @param url where it is, without {@code /api/v1}
 * @param bearerTokenFile file with the token; read anew for each question, never stored
 * @param headers further headers, such as a tenant's
 * @param timeout how long an answer may take; 5s when absent
 * @param scrapeInterval how often it scrapes, which is how often gates are looked at, at least
 *     every 5s; 1s when absent
 */
public record PrometheusEndpoint(
    String url,
    Optional<String> bearerTokenFile,
    Map<String, String> headers,
    Optional<Duration> timeout,
    Optional<Duration> scrapeInterval) {

  /** Requires an address of HTTP. */
  public PrometheusEndpoint {
    InvalidValue.required(url, "url");
    headers = Map.copyOf(headers);
    if (!url.matches("https?://[^\\s]+")) {
      throw new InvalidValue(
          "url", "'%s' is not an address; write it as http://127.0.0.1:9090".formatted(url));
    }
  }
}
