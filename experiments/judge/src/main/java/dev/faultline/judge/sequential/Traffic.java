package dev.faultline.judge.sequential;

/**
 * What one version did within one look. Counts need not be whole: {@code increase()} of Prometheus
 * extrapolates, and then {@code bad} may also exceed {@code requests} a little.
 *
 * @param requests how many it answered; from 0 to 10<sup>15</sup>
 * @param bad those that failed or, for latency, that took longer than the agreed bound; from 0 to
 *     10<sup>15</sup>
 */
public record Traffic(double requests, double bad) {

  private static final double MOST = 1e15;

  /** Refuses what no counter can have gained. */
  public Traffic {
    refuse("requests", requests);
    refuse("bad requests", bad);
  }

  private static void refuse(String what, double count) {
    if (!(count >= 0 && count <= MOST)) {
      throw new IllegalArgumentException(
          "%s cannot be %s; leave out a look in which a counter was reset".formatted(what, count));
    }
  }
}
