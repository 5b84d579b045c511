package dev.faultline.judge.sequential;

/**
 * Evidence by the canary's share of a look's bad requests, whatever made them come together: the
 * default.
 *
 * <p>A look is one number from 0 to 1, however many requests it holds. Assumed is that bad
 * requests, alone or in bursts of any size, befall both versions alike but for the tolerated ratio
 * and their numbers of requests in that look; then the mean of the number is known, and {@link
 * Wealth} bets against it. Bursts, incidents that hit both, rates that drift and weights that
 * change from look to look break nothing. Where bad requests are many (a tenth of all), and the
 * ratio is not 1, the mean is off by less than {@code ratio − 1} times their rate over their number
 * in the look.
 *
 * <p>The price: a look counts once. Short looks see sooner; and at a small share of traffic it
 * takes long to show that a canary is not worse, as each look without its bad requests says little.
 *
 * <p>Latency is compared in the same way, with "above the agreed bound" in place of "bad".
 */
public final class ShareEvidence implements Evidence {

  private final Claim claim;
  private final Tolerance tolerance;
  private final Wealth wealth;

  private ShareEvidence(Claim claim, Tolerance tolerance, Wealth wealth) {
    this.claim = claim;
    this.tolerance = tolerance;
    this.wealth = wealth;
  }

  /** No evidence yet. */
  public static ShareEvidence of(Claim claim, Tolerance tolerance) {
    return new ShareEvidence(claim, tolerance.of(claim), Wealth.one());
  }

  @Override
  public ShareEvidence after(Look look) {
    return Bet.of(claim, tolerance, look)
        .map(bet -> new ShareEvidence(claim, tolerance, wealth.after(bet)))
        .orElse(this);
  }

  @Override
  public double log() {
    return wealth.log();
  }
}
