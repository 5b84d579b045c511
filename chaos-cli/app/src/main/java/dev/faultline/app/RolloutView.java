package dev.faultline.app;

import dev.faultline.reports.facts.ComparisonFacts;
import dev.faultline.reports.facts.Exposure;
import dev.faultline.reports.facts.RolloutFacts;
import dev.faultline.reports.facts.ShiftFacts;
import dev.faultline.reports.facts.TrialFacts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What became of a new version, in a few lines below its verdict. */
final class RolloutView {

  private final Page out;

  RolloutView(Page out) {
    this.out = out;
  }

  void print(RolloutFacts rollout) {
    out.wrapped("  steps       ", steps(rollout));
    for (ComparisonFacts comparison : rollout.comparisons()) {
      comparison(rollout, comparison);
    }
    for (TrialFacts trial : rollout.trials()) {
      trial(trial);
    }
    out.wrapped("  exposure    ", exposure(rollout.exposure()));
    rollout
        .timeToStop()
        .ifPresent(
            time ->
                out.line("  detected    %s after its first traffic".formatted(Spell.time(time))));
    traffic(rollout);
  }

  private static String steps(RolloutFacts rollout) {
    String steps =
        rollout.steps().stream()
            .filter(step -> step.length().isPresent())
            .map(RolloutView::step)
            .collect(Collectors.joining(", "));
    String end =
        switch (rollout.ending()) {
          case NOT_BEGUN -> "none: no traffic was shifted";
          case PROMOTED -> ", then promoted";
          case ROLLED_BACK, WITHDRAWN -> ", then back";
          case UNKNOWN -> ", then not known";
        };
    return steps + (steps.isEmpty() && end.startsWith(", ") ? end.substring(2) : end);
  }

  private static String step(ShiftFacts step) {
    return "%s for %s".formatted(step.weight(), Spell.time(step.length().orElseThrow()));
  }

  private void comparison(RolloutFacts rollout, ComparisonFacts comparison) {
    String words =
        "%s: %.0f of %.0f requests %s at the canary, %.0f of %.0f at stable"
            .formatted(
                comparison.name(),
                comparison.canary().bad(),
                comparison.canary().requests(),
                comparison.badness(),
                comparison.stable().bad(),
                comparison.stable().requests());
    if (comparison.blames()) {
      out.wrapped("  blamed      ", Style.RED, words);
    } else if (comparison.acquits()) {
      out.wrapped("  shown good  ", words);
    } else if (rollout.ending() != RolloutFacts.Ending.NOT_BEGUN) {
      out.wrapped("  not shown   ", words);
    }
  }

  private void trial(TrialFacts trial) {
    if (trial.seen()) {
      out.wrapped(
          "  trial       ",
          "%s under %s: stable %s → %s, canary %s → %s%s"
              .formatted(
                  trial.comparison(),
                  trial.trial(),
                  trial.stableUsual(),
                  trial.stableUnder(),
                  trial.canaryUsual(),
                  trial.canaryUnder(),
                  trial.harm().map(by -> "; harmed by " + by + " more").orElse("")));
    }
  }

  private static String exposure(Exposure exposure) {
    List<String> bad =
        exposure.bad().stream()
            .map(one -> String.format(Locale.ROOT, "%,d %s", Math.round(one.count()), one.what()))
            .toList();
    return String.format(
        Locale.ROOT,
        "%,d requests met the canary%s",
        Math.round(exposure.requests()),
        bad.isEmpty() ? "" : ", of these " + String.join(", ", bad));
  }

  private void traffic(RolloutFacts rollout) {
    switch (rollout.ending()) {
      case NOT_BEGUN -> out.line("  traffic     all at stable");
      case PROMOTED -> out.line("  traffic     all at the canary, for good");
      case ROLLED_BACK, WITHDRAWN ->
          out.line(
              "  traffic     back at stable"
                  + rollout
                      .timeBack()
                      .map(time -> " %s after the stop".formatted(Spell.time(time)))
                      .orElse(""));
      case UNKNOWN -> out.line("  traffic     " + out.in(Style.RED, "not known to be at stable"));
    }
  }
}
