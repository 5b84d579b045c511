package dev.faultline.judge.sequential;

/**
 * How bad a canary may be: its rate of bad requests is tolerated up to {@code ratio × stable's rate
 * + extra}.
 *
 * <p>The ratio needs nothing of stable but what the look shows. So does {@code extra}, by a
 * padding: a canary that has {@code extra} more is compared with a stable of {@code extra / ratio}
 * more, as if that many bad requests had been seen on top of its own. That is sound: let the
 * canary's bad requests be {@code c + e}, {@code c} as stable's {@code s} would have it, and {@code
 * e} with a mean of at most {@code k = extra × requests}. The mean of {@code (c + e − a(s + k/a)) /
 * (c + e + s + k/a)} is at most 0: the part {@code c − as} has mean 0 whatever the sum {@code c +
 * s} is, and {@code (e − k) / (c + s + k/a + e)} is concave in {@code e} and 0 at {@code k}
 * (Jensen). The argument holds in one direction only. Evidence that a canary is <em>not</em> worse
 * therefore leaves {@code extra} out, and shows more than is asked.
 *
 * @param ratio from 0.001 to 1000; 1.5 tolerates half as many bad requests again
 * @param extra a share of requests, from 0 to 1; 0.001 tolerates one bad request more in a thousand
 */
public record Tolerance(double ratio, double extra) {

  private static final double LARGEST_RATIO = 1000;

  /** Refuses what tolerates nothing or anything. */
  public Tolerance {
    if (!(ratio >= 1 / LARGEST_RATIO && ratio <= LARGEST_RATIO)) {
      throw new IllegalArgumentException("a tolerated ratio is from 0.001 to 1000, not " + ratio);
    }
    if (!(extra >= 0 && extra <= 1)) {
      throw new IllegalArgumentException("an extra share is from 0 to 1, not " + extra);
    }
  }

  /** So many times stable's rate, and no more. */
  public static Tolerance ratio(double ratio) {
    return new Tolerance(ratio, 0);
  }

  /** As it is used for a claim: with what is tolerated on top of the ratio, or without. */
  Tolerance of(Claim claim) {
    return switch (claim) {
      case WORSE -> this;
      case NOT_WORSE -> new Tolerance(ratio, 0);
    };
  }

  /** Stable's bad requests, with the padding for {@code extra}. */
  double padded(Traffic stable) {
    return stable.bad() + extra * stable.requests() / ratio;
  }

  /** The canary's share of all bad requests where it is as bad as tolerated; from 0 to 1. */
  double share(Look look) {
    double canary = ratio * look.canary().requests();
    return canary / (canary + look.stable().requests());
  }
}
