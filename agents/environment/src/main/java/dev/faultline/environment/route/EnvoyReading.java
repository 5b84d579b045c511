package dev.faultline.environment.route;

/**
 * Two clusters of Envoy at a moment.
 *
 * @param stable the version that serves
 * @param canary the new one
 */
public record EnvoyReading(ClusterReading stable, ClusterReading canary) {

  /** The canary's part of new requests, from 0 to 1, as the weights in force have it. */
  public double share() {
    return (double) canary.weight() / (stable.weight() + canary.weight());
  }
}
