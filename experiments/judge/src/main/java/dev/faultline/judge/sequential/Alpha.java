package dev.faultline.judge.sequential;

/**
 * The chance that a rollout blames a canary that is no worse than tolerated, at any look of any
 * step by any metric, and how it is split: evenly, which holds however metrics depend on each other
 * (the union bound).
 *
 * @param total over the whole rollout; between 0 and 1
 * @param metrics how many comparisons are watched side by side, at least 1
 * @param beginnings how often each of them begins anew, at least 1: once, when its evidence is
 *     carried from step to step, which is the better way; else once for each step
 */
public record Alpha(double total, int metrics, int beginnings) {

  /** Refuses what is no chance, or split among nothing. */
  public Alpha {
    if (!(total > 0 && total < 1)) {
      throw new IllegalArgumentException("alpha is between 0 and 1, not " + total);
    }
    if (metrics < 1 || beginnings < 1) {
      throw new IllegalArgumentException("alpha is split among one comparison at least");
    }
  }

  /** The chance left for each comparison from each of its beginnings. */
  public double each() {
    return total / metrics / beginnings;
  }

  /** The stopping line: the natural logarithm of the e-value from which on a claim is accepted. */
  public double line() {
    return -Math.log(each());
  }

  /** Whether this much is enough to act on. */
  public boolean reached(Evidence evidence) {
    return evidence.log() >= line();
  }
}
