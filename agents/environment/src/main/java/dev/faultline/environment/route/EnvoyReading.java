package dev.faultline.environment.route;

import java.util.List;

/**
 * Two clusters of Envoy at a moment.
 *
 * @param stable the version that serves
 * @param canary the new one
 * @param matched the values of a header with which requests go to the canary in any case
 * @param copies of which part of the requests a copy goes to the canary, from 0 to 1
 */
public record EnvoyReading(
    ClusterReading stable, ClusterReading canary, List<String> matched, double copies) {

  /** The canary's part of new requests, from 0 to 1, as the weights in force have it. */
  public double share() {
    return (double) canary.weight() / (stable.weight() + canary.weight());
  }
}
