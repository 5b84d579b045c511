package dev.faultline.environment.route;

/**
 * The two servers of a backend at a moment.
 *
 * @param stable the version that serves
 * @param canary the new one
 */
public record BackendReading(ServerReading stable, ServerReading canary) {

  /**
   * The canary's part of new requests, from 0 to 1, as the weights in force have it; 0 when neither
   * has any.
   */
  public double share() {
    int whole = stable.effectiveWeight() + canary.effectiveWeight();
    return whole == 0 ? 0 : (double) canary.effectiveWeight() / whole;
  }
}
