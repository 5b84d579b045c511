package dev.faultline.judge.sequential;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What {@link ShareEvidence} can be expected to see before any traffic has flowed, and after what
 * time. A forecast for independent bad requests: bursts of {@code k} make it take up to {@code k}
 * times as long.
 *
 * <p>A look multiplies what is laid on a fraction by a factor whose mean logarithm is the growth
 * rate of that bet (J. Kelly, <i>A new interpretation of information rate</i>, Bell System
 * Technical Journal 35, 1956). The fortune is an equal mixture of the bets, so it reaches the
 * stopping line about when the mixture of their growths does.
 *
 * @param rate requests per second of both versions together, more than 0
 * @param share the canary's part of them, between 0 and 1
 * @param base stable's rate of bad requests, from 0 to 1
 * @param look seconds that a look lasts, more than 0; at most 10<sup>9</sup> requests fall into one
 * @param tolerance how bad the canary may be
 */
public record Prospect(double rate, double share, double base, double look, Tolerance tolerance) {

  private static final int STEPS = 40;

  /** Refuses what is no traffic. */
  public Prospect {
    if (!(rate > 0 && look > 0 && rate * look <= 1e9)) {
      throw new IllegalArgumentException("no traffic: %s/s in %s s".formatted(rate, look));
    }
    if (!(share > 0 && share < 1 && base >= 0 && base <= 1)) {
      throw new IllegalArgumentException("no shares: %s and %s".formatted(share, base));
    }
  }

  /**
   * After how many seconds, in about half of all cases, a claim is accepted; infinite where it
   * never is.
   *
   * @param bad the canary's true rate of bad requests, from 0 to 1
   */
  public double secondsUntil(Claim claim, double bad, Alpha alpha) {
    double[] growths = growths(claim, bad);
    double most = 0;
    for (double growth : growths) {
      most = Math.max(most, growth);
    }
    if (most == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double low = 0;
    double high = (alpha.line() + Math.log(growths.length)) / most;
    for (int i = 0; i < STEPS; i++) {
      double looks = (low + high) / 2;
      if (mixture(growths, looks) < alpha.line()) {
        low = looks;
      } else {
        high = looks;
      }
    }
    return high * look;
  }

  /**
   * The least rate of bad requests of a canary that would be blamed within so many seconds with a
   * chance of about a half; empty where no rate would.
   */
  public OptionalDouble detectable(Alpha alpha, double seconds) {
    if (secondsUntil(Claim.WORSE, 1, alpha) > seconds) {
      return OptionalDouble.empty();
    }
    double low = Math.max(tolerance.ratio() * base + tolerance.extra(), 1e-12);
    double high = 1;
    for (int i = 0; i < STEPS && low < high; i++) {
      double bad = Math.sqrt(low * high);
      if (secondsUntil(Claim.WORSE, bad, alpha) > seconds) {
        low = bad;
      } else {
        high = bad;
      }
    }
    return OptionalDouble.of(high);
  }

  /** The mean logarithm of what a look makes of each part of the fortune. */
  private double[] growths(Claim claim, double bad) {
    double[] growths = new double[Wealth.size()];
    List<Count> stable = Count.poisson(rate * (1 - share) * look * base);
    for (Count ofCanary : Count.poisson(rate * share * look * bad)) {
      for (Count ofStable : stable) {
        double chance = ofCanary.chance() * ofStable.chance();
        Bet.of(claim, tolerance.of(claim), seen(ofCanary.value(), ofStable.value()))
            .ifPresent(bet -> add(growths, chance, Wealth.growths(bet)));
      }
    }
    return growths;
  }

  private Look seen(double badOfCanary, double badOfStable) {
    return new Look(
        new Traffic(rate * share * look, badOfCanary),
        new Traffic(rate * (1 - share) * look, badOfStable));
  }

  private static void add(double[] growths, double chance, double[] more) {
    for (int i = 0; i < growths.length; i++) {
      growths[i] += chance * more[i];
    }
  }

  /** The logarithm of an equal mixture of bets that have grown for so many looks. */
  private static double mixture(double[] growths, double looks) {
    double most = Double.NEGATIVE_INFINITY;
    for (double growth : growths) {
      most = Math.max(most, growth * looks);
    }
    double sum = 0;
    for (double growth : growths) {
      sum += Math.exp(growth * looks - most);
    }
    return most + Math.log(sum / growths.length);
  }
}
