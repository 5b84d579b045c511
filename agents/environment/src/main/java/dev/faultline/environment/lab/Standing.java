package dev.faultline.environment.lab;

import dev.faultline.model.environment.PrometheusEndpoint;
import java.util.Map;
import java.util.Optional;

/**
 * What others must know of a lab that stands.
 *
 * @param values what its placeholders stand for
 * @param prometheus the Prometheus that measures it, if it is measured
 */
public record Standing(Map<String, String> values, Optional<PrometheusEndpoint> prometheus) {

  /** Keeps the values unchangeable. */
  public Standing {
    values = Map.copyOf(values);
  }
}
