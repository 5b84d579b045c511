package dev.faultline.node.relay;

import dev.faultline.node.relay.StreamFault.Latency;

/**
 * The delays of a way of a connection, one after the other, as Linux' netem draws them.
 *
 * <p>Sources: {@code get_crandom} and {@code tabledist} of net/sched/sch_netem.c for correlation
 * and for what the jitter means; normal.c and pareto.c of iproute2 for the curves, which both end
 * at 4 times the jitter. The normal quantile is that of P. J. Acklam (relative error below 1.2e-9).
 */
final class Jitter {

  private static final double TWO_32 = 0x1.0p32;
  private static final double MOST = 32767.0 / 8192;
  private static final double PARETO_SHAPE = 3;

  private final Latency latency;
  private final Dice dice;
  private double last;

  Jitter(Latency latency, long seed) {
    this.latency = latency;
    this.dice = new Dice(seed);
    this.last = dice.next32() / TWO_32;
  }

  /** The delay of the next piece, in nanoseconds; not negative. */
  long next() {
    long delay = latency.delay().toNanos();
    long jitter = latency.jitter().toNanos();
    return jitter == 0 ? delay : Math.max(0, delay + Math.round(jitter * deviation(chance())));
  }

  /** From 0 to 1, both excluded; correlated with the one before. */
  private double chance() {
    double fresh = (dice.next32() + 0.5) / TWO_32;
    double rho = latency.correlation();
    last = fresh * (1 - rho) + last * rho;
    return last;
  }

  private double deviation(double chance) {
    return switch (latency.distribution()) {
      case UNIFORM -> 2 * chance - 1;
      case NORMAL -> Math.clamp(Normal.quantile(chance), -MOST, MOST);
      case PARETO -> Math.min(MOST, 4.0 / 3 * (Math.pow(1 - chance, -1 / PARETO_SHAPE) - 1.5));
    };
  }
}
