package dev.faultline.reports.facts;

import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.judge.twosample.MeanDifference;
import dev.faultline.model.document.Trial;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.summary.RolloutSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How both versions bore the same faults, by one comparison: version by fault, two by two.
 *
 * @param trial what was borne
 * @param comparison what was compared
 * @param usual what they did at all other times
 * @param under what they did under the faults, and in the recovery from them
 */
public record TrialFacts(
    String trial, String comparison, ComparisonFacts usual, ComparisonFacts under) {

  private static final double HUNDRED = 100;

  static List<TrialFacts> of(RolloutSummary rollout) {
    List<TrialFacts> all = new ArrayList<>();
    for (Trial trial : rollout.spec().trials()) {
      for (Comparison comparison : rollout.spec().compare()) {
        all.add(
            new TrialFacts(
                trial.title(),
                comparison.title(),
                ComparisonFacts.of(rollout, comparison),
                ComparisonFacts.of(rollout, trial.under(comparison))));
      }
    }
    return List.copyOf(all);
  }

  /** Whether anything was seen of it. */
  public boolean seen() {
    return under.canary().requests() > 0 && under.stable().requests() > 0;
  }

  /** The share of bad requests of stable at all other times, in words. */
  public String stableUsual() {
    return ComparisonFacts.rate(usual.stable());
  }

  /** The same of the canary. */
  public String canaryUsual() {
    return ComparisonFacts.rate(usual.canary());
  }

  /** The share of bad requests of stable under the faults, in words. */
  public String stableUnder() {
    return ComparisonFacts.rate(under.stable());
  }

  /** The same of the canary. */
  public String canaryUnder() {
    return ComparisonFacts.rate(under.canary());
  }

  /**
   * How much more the faults harm the canary than stable: the difference of differences (canary
   * less stable, under the faults less usually), block by block; empty with fewer than two blocks.
   */
  public Optional<MeanDifference> difference() {
    return MeanDifference.of(differences(usual), differences(under));
  }

  /** The same in percentage points, with its interval, in words. */
  public Optional<String> harm() {
    return difference()
        .map(
            by ->
                String.format(
                    Locale.ROOT,
                    "%+.1f pp (%+.1f to %+.1f)",
                    by.mean() * HUNDRED,
                    by.low() * HUNDRED,
                    by.high() * HUNDRED));
  }

  private static List<Double> differences(ComparisonFacts facts) {
    return facts.blocks().stream()
        .flatMap(block -> block.what().look().stream())
        .filter(look -> look.canary().requests() > 0 && look.stable().requests() > 0)
        .map(TrialFacts::difference)
        .toList();
  }

  private static double difference(Look look) {
    return share(look.canary()) - share(look.stable());
  }

  private static double share(Traffic traffic) {
    return traffic.bad() / traffic.requests();
  }
}
