package dev.faultline.judge.sequential;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/** Traffic of two versions, drawn anew for each trial from its number. */
final class Simulation {

  /**
   * What is simulated.
   *
   * @param rate requests per second of both versions
   * @param share of the canary, from 0 to 1
   * @param base stable's rate of bad requests
   * @param ratio the canary's, in multiples of it
   * @param burst how many bad requests come together
   * @param seconds that a look lasts
   */
  record Setup(double rate, double share, double base, double ratio, int burst, double seconds) {

    Setup share(double other) {
      return new Setup(rate, other, base, ratio, burst, seconds);
    }

    Setup base(double other) {
      return new Setup(rate, share, other, ratio, burst, seconds);
    }
  }

  /** One look of a trial, by its number from 0 on. */
  interface Weather {
    Setup at(int look);
  }

  private final SplittableRandom random;

  Simulation(long seed) {
    random = new SplittableRandom(seed);
  }

  Look look(Setup setup) {
    double canary = poisson(setup.rate * setup.share * setup.seconds);
    double stable = poisson(setup.rate * (1 - setup.share) * setup.seconds);
    return new Look(
        new Traffic(canary, bad(canary, setup.base * setup.ratio, setup.burst)),
        new Traffic(stable, bad(stable, setup.base, setup.burst)));
  }

  private double bad(double requests, double chance, int burst) {
    return Math.min(requests, burst * poisson(requests * Math.min(1, chance) / burst));
  }

  double poisson(double mean) {
    UniformRandomProvider source = random::nextLong;
    return mean <= 0 ? 0 : PoissonDistribution.of(mean).createSampler(source).sample();
  }

  /** After how many looks evidence reaches a line, in each of so many trials; else the maximum. */
  static int[] looksUntil(Evidence none, double line, Weather weather, int trials, int most) {
    int[] looks = new int[trials];
    Arrays.setAll(
        looks,
        trial -> {
          Simulation simulation = new Simulation(trial);
          Evidence evidence = none;
          for (int look = 0; look < most; look++) {
            evidence = evidence.after(simulation.look(weather.at(look)));
            if (evidence.log() >= line) {
              return look + 1;
            }
          }
          return Integer.MAX_VALUE;
        });
    Arrays.sort(looks);
    return looks;
  }

  /** In how many trials it does. */
  static long reached(int[] looks) {
    return Arrays.stream(looks).filter(look -> look < Integer.MAX_VALUE).count();
  }

  /** The most that a chance may come true in so many trials, but once in a thousand such tests. */
  static double bound(double chance, int trials) {
    return trials * chance + 3.1 * Math.sqrt(trials * chance * (1 - chance)) + 1;
  }
}
