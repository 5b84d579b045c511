package dev.faultline.reports.facts;

import dev.faultline.judge.sequential.Traffic;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many requests of users met the canary, as far as blocks of the comparisons saw it: its
 * warm-up and the first moments of each step are in none. Copies of requests are nobody's.
 *
 * @param requests that the canary was seen to answer
 * @param bad one for each comparison
 */
public record Exposure(double requests, List<Bad> bad) {

  /** Keeps the list unchangeable. */
  public Exposure {
    bad = List.copyOf(bad);
  }

  /**
   * The bad ones among them, by one comparison.
   *
   * @param what makes them bad, in words
   * @param count how many
   * @param excess how many more than stable's rate in the same step would have given; below 0 when
   *     there were fewer
   */
  public record Bad(String comparison, String what, double count, double excess) {

    /** Whether there were more than stable's rate would have given. */
    public boolean more() {
      return Math.round(excess) > 0;
    }

    /** The count alone, in words. */
    public String counted() {
      return Spelling.count(Math.round(count));
    }

    /** The count in words. */
    public String words() {
      return "%s %s".formatted(counted(), what);
    }

    /** The excess in words. */
    public String excessWords() {
      long whole = Math.round(excess);
      return whole == 0
          ? "as many as at stable's rate"
          : "%s %s than at stable's rate"
              .formatted(Spelling.count(Math.abs(whole)), whole > 0 ? "more" : "fewer");
    }
  }

  /**
   * All comparisons of one time count the same requests: the first of them tells how many.
   *
   * @param each how many comparisons there are for each time, at least 1
   */
  static Exposure of(List<ComparisonFacts> comparisons, int each, List<ShiftFacts> steps) {
    double requests =
        IntStream.iterate(0, i -> i < comparisons.size(), i -> i + each)
            .mapToObj(comparisons::get)
            .mapToDouble(one -> one.canary().requests())
            .sum();
    double copies =
        comparisons.stream().limit(1).mapToDouble(one -> copies(one, steps).requests()).sum();
    return new Exposure(
        requests - copies,
        IntStream.range(0, comparisons.size())
            .mapToObj(i -> i < each ? bad(comparisons.get(i), steps) : tried(comparisons.get(i)))
            .toList());
  }

  /** What the canary did while it got copies alone. */
  private static Traffic copies(ComparisonFacts comparison, List<ShiftFacts> steps) {
    return steps.stream()
        .filter(step -> step.mirror().isPresent())
        .flatMap(step -> step.counted().stream())
        .filter(one -> one.comparison().equals(comparison.name()))
        .map(ShiftFacts.Counted::canary)
        .reduce(new Traffic(0, 0), ComparisonFacts::plus);
  }

  /** Under faults that both versions bear, in one step. */
  private static Bad tried(ComparisonFacts comparison) {
    double rate = rate(comparison.stable().bad(), comparison.stable().requests(), 0);
    return new Bad(
        comparison.name(),
        "%s (%s)".formatted(comparison.badness(), comparison.name()),
        comparison.canary().bad(),
        comparison.canary().bad() - rate * comparison.canary().requests());
  }

  private static Bad bad(ComparisonFacts comparison, List<ShiftFacts> steps) {
    double overall = rate(comparison.stable().bad(), comparison.stable().requests(), 0);
    double excess = 0;
    for (ShiftFacts step : steps.stream().filter(one -> one.mirror().isEmpty()).toList()) {
      for (ShiftFacts.Counted one : step.counted()) {
        if (one.comparison().equals(comparison.name())) {
          // In the last step stable has no requests left that could be compared.
          double rate = rate(one.stable().bad(), one.stable().requests(), overall);
          excess += one.canary().bad() - rate * one.canary().requests();
        }
      }
    }
    double count = comparison.canary().bad() - copies(comparison, steps).bad();
    return new Bad(comparison.name(), comparison.badness(), count, excess);
  }

  private static double rate(double bad, double requests, double otherwise) {
    return requests > 0 ? bad / requests : otherwise;
  }

  /** The requests in words. */
  public String words() {
    return Spelling.count(Math.round(requests));
  }
}
