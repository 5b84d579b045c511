package dev.faultline.benchmarks.judge;

import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import java.util.SplittableRandom;

/** Draws the looks of a scene, the same ones for each number of a trial. */
final class Traffics {

  private static final double MANY = 40;

  private final Scene scene;
  private final SplittableRandom random;

  Traffics(Scene scene, long trial) {
    this.scene = scene;
    this.random = new SplittableRandom(trial);
  }

  Look look(int number) {
    double canary = poisson(scene.rate() * scene.share() * Scene.SECONDS);
    double stable = poisson(scene.rate() * (1 - scene.share()) * Scene.SECONDS);
    return new Look(
        new Traffic(canary, bad(canary, scene.base() * scene.ratio(), number, true)),
        new Traffic(stable, bad(stable, scene.base(), number, false)));
  }

  private double bad(double requests, double rate, int look, boolean canary) {
    double bursts = scene.burst() * poisson(requests * rate / scene.burst());
    return Math.min(requests, bursts + poisson(requests * scene.incident().rate(look, canary)));
  }

  /** By Knuth's method where few are expected, else by the normal approximation. */
  private double poisson(double mean) {
    if (mean > MANY) {
      return Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double least = Math.exp(-mean);
    double product = random.nextDouble();
    int count = 0;
    while (product > least) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
