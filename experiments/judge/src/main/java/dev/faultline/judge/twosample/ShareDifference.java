package dev.faultline.judge.twosample;

import java.util.List;
import java.util.Optional;

/**
 * The difference of two shares, such as of failed requests, whose samples are blocks of time.
 *
 * <p>Requests of one moment share their fate, so each sample counts for as many independent ones as
 * its blocks allow: its size is divided by the design effect of J. N. K. Rao and A. J. Scott (<i>A
 * simple method for the analysis of clustered binary data</i>, Biometrics 48, 1992); the larger one
 * of both samples counts for both, and at least 1. The p-value is that of the two-proportion test
 * with pooled variance; the interval is the hybrid score interval, number 10 of R. G. Newcombe
 * (<i>Interval estimation for the difference between independent proportions</i>, Statistics in
 * Medicine 17, 1998), from E. B. Wilson's for each share.
 *
 * @param first share of the first sample, from 0 to 1
 * @param second share of the second sample
 * @param low the least that {@code second - first} may be, with 95 % confidence
 * @param high the most that it may be
 * @param pValue the chance of a difference so large where there is none
 */
public record ShareDifference(double first, double second, double low, double high, double pValue) {

  /**
   * One sample.
   *
   * @param effect how many times larger its variance is than that of independent things
   */
  private record Sample(double share, double size, double effect) {

    static Sample of(List<Share> blocks) {
      double hits = blocks.stream().mapToLong(Share::hits).sum();
      double size = blocks.stream().mapToLong(Share::of).sum();
      double share = hits / size;
      double squares =
          blocks.stream()
              .mapToDouble(block -> Math.pow(block.hits() - share * block.of(), 2))
              .sum();
      double clustered = squares * blocks.size() / (blocks.size() - 1.0) / (size * size);
      double independent = share * (1 - share) / size;
      return new Sample(share, size, independent == 0 ? 1 : Math.max(1, clustered / independent));
    }
  }

  /** A difference with its interval. */
  record Interval(double low, double high) {}

  /**
   * Compares two samples; empty where one of them has fewer than two blocks with anything in them.
   */
  public static Optional<ShareDifference> of(List<Share> first, List<Share> second) {
    List<Share> was = first.stream().filter(block -> block.of() > 0).toList();
    List<Share> is = second.stream().filter(block -> block.of() > 0).toList();
    if (was.size() < 2 || is.size() < 2) {
      return Optional.empty();
    }
    Blocks blocks = new Blocks(was.size(), is.size());
    Sample a = Sample.of(was);
    Sample b = Sample.of(is);
    double effect = Math.max(a.effect, b.effect);
    double sizeA = a.size / effect;
    double sizeB = b.size / effect;
    Interval interval = newcombe(a.share, sizeA, b.share, sizeB, blocks.quantile());
    double pooled = (a.share * sizeA + b.share * sizeB) / (sizeA + sizeB);
    double error = Math.sqrt(pooled * (1 - pooled) * (1 / sizeA + 1 / sizeB));
    double p = error == 0 ? 1 : blocks.pValue((b.share - a.share) / error);
    return Optional.of(new ShareDifference(a.share, b.share, interval.low, interval.high, p));
  }

  /** Newcombe's interval for {@code b - a}, from so many standard errors to either side. */
  static Interval newcombe(double a, double sizeA, double b, double sizeB, double errors) {
    Interval wilsonA = wilson(a, sizeA, errors);
    Interval wilsonB = wilson(b, sizeB, errors);
    double difference = b - a;
    return new Interval(
        difference - Math.hypot(b - wilsonB.low, wilsonA.high - a),
        difference + Math.hypot(wilsonB.high - b, a - wilsonA.low));
  }

  /** Wilson's interval for one share. */
  static Interval wilson(double share, double size, double errors) {
    double square = errors * errors;
    double centre = 2 * size * share + square;
    double spread = errors * Math.sqrt(square + 4 * size * share * (1 - share));
    double below = 2 * (size + square);
    return new Interval((centre - spread) / below, (centre + spread) / below);
  }
}
