package dev.faultline.judge.sequential;

/**
 * One block of time, in which both versions were observed. Blocks must not overlap, must cover the
 * same seconds of both versions, and should hold no change of the weights: within a block only the
 * totals are known.
 *
 * @param canary the new version
 * @param stable the version that it is compared with
 */
public record Look(Traffic canary, Traffic stable) {

  /** Whether both versions had requests; nothing can be compared without. */
  boolean comparable() {
    return canary.requests() > 0 && stable.requests() > 0;
  }
}
