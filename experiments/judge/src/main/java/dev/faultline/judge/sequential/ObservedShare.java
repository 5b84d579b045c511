package dev.faultline.judge.sequential;

/**
 * The canary's observed share of requests beside the share that was asked for. Traffic strays where
 * it is surely off by more than one percentage point and more than a fifth of the smaller part that
 * was asked for: at 5 % from 4 to 6 % will do, at 50 % from 40 to 60 %, at 100 % from 99 % on.
 *
 * <p>Requests of one client come together, so counts vary by more than the binomial distribution
 * says. How much is measured: by the spread of the blocks' shares around their mean, each weighted
 * by its requests, and no less than binomial. The interval for the mean may be read after every
 * block; the chance that it <em>ever</em> misses the true share is about {@code alpha}. It turns
 * round a test martingale for a mean with unknown variance: the mixture of normal distributions
 * over the effect in standard deviations, with the right Haar prior for the variance (H. Wang and
 * A. Ramdas, <i>Anytime-valid t-tests and confidence sequences for Gaussian means with unknown
 * variance</i>, 2023; for weighted blocks as in M. Lindon, D. Ham, M. Tingley and I. Bojinov,
 * <i>Anytime-valid linear models and regression adjusted causal inference in randomized
 * experiments</i>, 2022). That is exact for normal blocks and an approximation for counts: in
 * simulation of 200 blocks with an {@code alpha} of 1 %, it missed the truth in up to 1.4 % where
 * the canary had at least one batch a block, and in 5 % where it had one in three blocks; that a
 * share strays was wrong in 0.05 % at most. So a block should be long enough for a few.
 *
 * <p>Assumed is that blocks do not depend on each other. With sticky routing they do, as clients
 * stay where they are: the interval is one for the share of the requests of just these clients,
 * which is off by luck where they are few. So half of the smaller part is tolerated there, and not
 * a fifth: with 700 clients who ask alike often, 5 % is off by more in 0.3 % of all cases; 25 % is
 * with 110, and 50 % with 40 in no more.
 */
public final class ObservedShare {

  private static final double LEAST_TOLERANCE = 0.01;
  private static final double RELATIVE_TOLERANCE = 0.2;
  private static final double OF_CLIENTS = 0.5;

  private final double asked;
  private final boolean more;
  private final double relative;
  private final double alpha;
  private final int blocks;
  private final double requests;
  private final double canary;
  private final double squares;

  private ObservedShare(
      double asked,
      boolean more,
      double relative,
      double alpha,
      int blocks,
      double requests,
      double canary,
      double squares) {
    this.asked = asked;
    this.more = more;
    this.relative = relative;
    this.alpha = alpha;
    this.blocks = blocks;
    this.requests = requests;
    this.canary = canary;
    this.squares = squares;
  }

  /**
   * Nothing observed yet.
   *
   * @param asked the share that the canary is to have, from 0 to 1
   * @param alpha the chance of ever being wrong about this share, between 0 and 1
   */
  public static ObservedShare of(double asked, double alpha) {
    return of(asked, false, alpha);
  }

  /**
   * The same where the canary may have any more than that, as nobody knows how many requests match.
   */
  public static ObservedShare atLeast(double asked, double alpha) {
    return of(asked, true, alpha);
  }

  private static ObservedShare of(double asked, boolean more, double alpha) {
    if (!(asked >= 0 && asked <= 1)) {
      throw new IllegalArgumentException("a share of traffic is from 0 to 1, not " + asked);
    }
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha is between 0 and 1, not " + alpha);
    }
    return new ObservedShare(asked, more, RELATIVE_TOLERANCE, alpha, 0, 0, 0, 0);
  }

  /** The same where clients are split, and stay where they are; nothing is observed yet. */
  public ObservedShare ofClients() {
    return new ObservedShare(asked, more, OF_CLIENTS, alpha, 0, 0, 0, 0);
  }

  /** With one more block; one without requests changes nothing. */
  public ObservedShare after(Look look) {
    double ofCanary = look.canary().requests();
    double all = ofCanary + look.stable().requests();
    if (all == 0) {
      return this;
    }
    return new ObservedShare(
        asked,
        more,
        relative,
        alpha,
        blocks + 1,
        requests + all,
        canary + ofCanary,
        squares + ofCanary * ofCanary / all);
  }

  /** The mean share so far, or the one that was asked for while there is none. */
  public double mean() {
    return requests == 0 ? asked : Math.min(1, canary / requests);
  }

  /** Where the share is, with what was seen so far. */
  public Interval interval() {
    if (blocks < 2) {
      return Interval.ALL;
    }
    double prior = prior();
    double shrunk = prior / (prior + requests);
    double line = Math.pow(alpha * alpha * shrunk, 1.0 / blocks);
    if (line <= shrunk) {
      return Interval.ALL;
    }
    double off = Math.sqrt(residuals() / requests * (1 - line) / (line - shrunk));
    return new Interval(Math.max(0, mean() - off), Math.min(1, mean() + off));
  }

  /** What can be said of the traffic by now. */
  public Obedience obedience() {
    double off = tolerated();
    Interval near = new Interval(Math.max(0, asked - off), more ? 1 : Math.min(1, asked + off));
    Interval seen = interval();
    if (seen.apartFrom(near)) {
      return Obedience.STRAYS;
    }
    return seen.within(near) ? Obedience.FOLLOWS : Obedience.UNKNOWN;
  }

  private double tolerated() {
    return Math.max(LEAST_TOLERANCE, relative * Math.min(asked, 1 - asked));
  }

  /**
   * The weighted squares of the blocks' shares around their mean, no less than of single requests.
   */
  private double residuals() {
    double spread = squares - canary * mean();
    return Math.max(spread, (blocks - 1) * variance());
  }

  /** Of single requests; not 0 where all or nothing is asked for. */
  private double variance() {
    double expected = more ? Math.max(asked, mean()) : asked;
    double inside = Math.clamp(expected, LEAST_TOLERANCE, 1 - LEAST_TOLERANCE);
    return inside * (1 - inside);
  }

  /**
   * How many single requests tell what is tolerated from what is not: there the interval is best.
   */
  private double prior() {
    return variance() / (tolerated() * tolerated());
  }
}
