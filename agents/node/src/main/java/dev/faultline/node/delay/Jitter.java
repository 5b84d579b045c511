package dev.faultline.node.delay;

import java.time.Duration;

/**
 * Delays, one after the other, as Linux' netem draws them. Not thread-safe.
 *
 * <p>Sources: {@code get_crandom} and {@code tabledist} of net/sched/sch_netem.c for correlation
 * and for what the jitter means; normal.c and pareto.c of iproute2 for the curves, which both end
 * at 4 times the jitter. The normal quantile is that of P. J. Acklam (relative error below 1.2e-9).
 */
public final class Jitter {

  private static final double TWO_32 = 0x1.0p32;
  private static final double MOST = 32767.0 / 8192;
  private static final double PARETO_SHAPE = 3;

  private final long delay;
  private final long jitter;
  private final Distribution distribution;
  private final double correlation;
  private final Dice dice;
  private double last;

  /**
   * @param delay around which they stray; not negative
   * @param jitter how far; not negative
   * @param correlation how much of a value is that of the one before, 0 to 1
   * @param seed the same seed gives the same delays
   */
  public Jitter(
      Duration delay, Duration jitter, Distribution distribution, double correlation, long seed) {
    this.delay = delay.toNanos();
    this.jitter = jitter.toNanos();
    this.distribution = distribution;
    this.correlation = correlation;
    this.dice = new Dice(seed);
    this.last = dice.next32() / TWO_32;
  }

  /** The next delay, in nanoseconds; not negative. */
  public long next() {
    return jitter == 0 ? delay : Math.max(0, delay + Math.round(jitter * deviation(chance())));
  }

  /** From 0 to 1, both excluded; correlated with the one before. */
  private double chance() {
    double fresh = (dice.next32() + 0.5) / TWO_32;
    last = fresh * (1 - correlation) + last * correlation;
    return last;
  }

  private double deviation(double chance) {
    return switch (distribution) {
      case UNIFORM -> 2 * chance - 1;
      case NORMAL -> Math.clamp(Normal.quantile(chance), -MOST, MOST);
      case PARETO -> Math.min(MOST, 4.0 / 3 * (Math.pow(1 - chance, -1 / PARETO_SHAPE) - 1.5));
    };
  }
}
