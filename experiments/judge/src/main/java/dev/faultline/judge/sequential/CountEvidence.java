package dev.faultline.judge.sequential;

/**
 * Evidence by counts, for bad requests that come independently of each other: given how many there
 * are, the canary's are binomial. It sees earlier than {@link ShareEvidence}, and blames healthy
 * canaries as soon as bad requests come in bursts: where they come by fives, more than a third of
 * all rollouts of an hour.
 *
 * <p>The e-value is the likelihood ratio, averaged over several true ratios, of the conditional
 * test of M. Lindon and A. Malek (<i>Anytime-valid inference for multinomial count data</i>,
 * Advances in Neural Information Processing Systems 35, 2022), which allows rates that change over
 * time. Theirs averages over shares of a fixed split of traffic by a Dirichlet distribution;
 * averaging over ratios lets the split change from look to look. Counts are rounded to whole ones.
 */
public final class CountEvidence implements Evidence {

  /** True rates that are tried, in multiples of the tolerated one, for {@link Claim#WORSE}. */
  private static final double[] RATIOS = {1.25, 1.5, 2, 3, 5, 10};

  private final Claim claim;
  private final Tolerance tolerance;
  private final double[] logs;

  private CountEvidence(Claim claim, Tolerance tolerance, double[] logs) {
    this.claim = claim;
    this.tolerance = tolerance;
    this.logs = logs;
  }

  /** No evidence yet. */
  public static CountEvidence of(Claim claim, Tolerance tolerance) {
    return new CountEvidence(claim, tolerance.of(claim), new double[RATIOS.length]);
  }

  @Override
  public CountEvidence after(Look look) {
    double canary = Math.rint(look.canary().bad());
    double padding = tolerance.padded(look.stable()) - look.stable().bad();
    double all = canary + Math.rint(look.stable().bad()) + padding;
    if (!look.comparable() || all == 0) {
      return this;
    }
    double tolerated = tolerance.share(look);
    double[] next = new double[logs.length];
    for (int i = 0; i < next.length; i++) {
      double ratio =
          switch (claim) {
            case WORSE -> RATIOS[i];
            case NOT_WORSE -> 1 / RATIOS[i];
          };
      next[i] = logs[i] + canary * Math.log(ratio) - all * Math.log1p(tolerated * (ratio - 1));
    }
    return new CountEvidence(claim, tolerance, next);
  }

  @Override
  public double log() {
    double most = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      most = Math.max(most, log);
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum / logs.length);
  }
}
