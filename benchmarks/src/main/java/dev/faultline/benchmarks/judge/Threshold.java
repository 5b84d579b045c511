package dev.faultline.benchmarks.judge;

import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compares the rate of the last looks with a bound every so often, and blames when that has failed
 * so many times; where there was no traffic, nothing fails.
 */
final class Threshold implements Judge {

  /** What is compared. */
  interface Failing {
    boolean test(double canary, double stable);
  }

  /**
   * When it is compared.
   *
   * @param window looks that the rate is taken over
   * @param every looks from one comparison to the next
   * @param failures how many blame
   */
  record Rhythm(int window, int every, int failures) {}

  private final Rhythm rhythm;
  private final Failing failing;
  private final Deque<Look> seen = new ArrayDeque<>();
  private int looks;
  private int failures;

  private Threshold(Rhythm rhythm, Failing failing) {
    this.rhythm = rhythm;
    this.failing = failing;
  }

  /**
   * The sample of Argo Rollouts' page on analysis: a success rate from 95 % on by {@code irate},
   * which reads the last two scrapes, every 5 minutes, {@code failureLimit: 3}: the fourth failure
   * aborts.
   */
  static Threshold argo() {
    return new Threshold(new Rhythm(1, 20, 4), (canary, stable) -> canary > 0.05);
  }

  /**
   * The sample of Flagger's pages: {@code request-success-rate} from 99 % on over a minute, every
   * minute, {@code threshold: 5}.
   */
  static Threshold flagger() {
    return new Threshold(new Rhythm(4, 4, 5), (canary, stable) -> canary > 0.01);
  }

  /**
   * Half as many bad requests again as stable, over so many looks, every minute, the fourth aborts.
   */
  static Threshold relative(int window) {
    return new Threshold(new Rhythm(window, 4, 4), (canary, stable) -> canary > 1.5 * stable);
  }

  @Override
  public boolean blames(Look look) {
    seen.addLast(look);
    if (seen.size() > rhythm.window()) {
      seen.removeFirst();
    }
    looks++;
    if (seen.size() == rhythm.window() && looks % rhythm.every() == 0) {
      double canary = seen.stream().map(Look::canary).mapToDouble(Traffic::bad).sum();
      double stable = seen.stream().map(Look::stable).mapToDouble(Traffic::bad).sum();
      double ofCanary = seen.stream().map(Look::canary).mapToDouble(Traffic::requests).sum();
      double ofStable = seen.stream().map(Look::stable).mapToDouble(Traffic::requests).sum();
      if (ofCanary > 0 && failing.test(canary / ofCanary, stable / Math.max(1, ofStable))) {
        failures++;
      }
    }
    return failures >= rhythm.failures();
  }
}
