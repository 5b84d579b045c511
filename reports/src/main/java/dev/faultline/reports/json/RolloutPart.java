package dev.faultline.reports.json;

import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.reports.facts.ComparisonFacts;
import dev.faultline.reports.facts.Exposure;
import dev.faultline.reports.facts.RolloutFacts;
import dev.faultline.reports.facts.ShiftFacts;
import dev.faultline.reports.facts.TrialFacts;
import java.util.List;
import java.util.Optional;

/**
 * What became of a new version. Shares are from 0 to 1; evidence is the natural logarithm of an
 * e-value.
 *
 * @param route where traffic was split, in words
 * @param ending where traffic is in the end: not-begun, promoted, rolled-back, withdrawn, unknown
 * @param proof how many comparisons have shown what the ending needs: all, part, none
 * @param alpha the chance that a canary is blamed that is no worse
 * @param stoppingLine how much evidence is enough
 * @param firstTrafficAtSeconds when the canary got its first traffic
 * @param stoppedAtSeconds when the way was left
 * @param promotedAtSeconds when all traffic was given to the canary for good
 * @param backAtSeconds when all traffic was shown to be back at stable
 * @param timeToDetectSeconds from the first traffic to the stop
 * @param timeToShiftBackSeconds from the stop until all traffic was shown to be back
 */
public record RolloutPart(
    String stable,
    String canary,
    String route,
    String ending,
    String proof,
    String words,
    double alpha,
    double stoppingLine,
    Optional<Double> firstTrafficAtSeconds,
    Optional<Double> stoppedAtSeconds,
    Optional<Double> promotedAtSeconds,
    Optional<Double> backAtSeconds,
    Optional<Double> timeToDetectSeconds,
    Optional<Double> timeToShiftBackSeconds,
    ExposurePart exposure,
    List<StepPart> steps,
    List<ComparisonPart> comparisons,
    List<TrialPart> trials,
    List<SharePart> shares) {

  /** How many requests met the canary, as far as blocks saw it. */
  public record ExposurePart(double requests, List<BadPart> bad) {
    static ExposurePart of(Exposure exposure) {
      return new ExposurePart(
          exposure.requests(),
          exposure.bad().stream()
              .map(bad -> new BadPart(bad.comparison(), bad.count(), bad.excess()))
              .toList());
    }
  }

  /**
   * The bad ones among them, by one comparison.
   *
   * @param excess how many more than stable's rate would have given
   */
  public record BadPart(String comparison, double count, double excess) {}

  /**
   * One step.
   *
   * @param share the canary's part, asked
   * @param match the requests that went to the canary, in words; empty where it had a part of all
   * @param mirror of which part of the requests the canary had a copy; empty where it had none
   * @param decision went-on, promoted, rolled-back, not-shown, under-way, not-reached
   */
  public record StepPart(
      double share,
      Optional<String> match,
      Optional<Double> mirror,
      Optional<Double> fromSeconds,
      Optional<Double> toSeconds,
      List<CountPart> counts,
      Optional<ObservedPart> observed,
      String decision,
      String why) {
    static StepPart of(ShiftFacts step) {
      return new StepPart(
          step.share(),
          step.share() == 0 && step.mirror().isEmpty()
              ? Optional.of(step.weight())
              : Optional.empty(),
          step.mirror(),
          Seconds.of(step.from()),
          Seconds.of(step.to()),
          step.counted().stream()
              .map(
                  one ->
                      new CountPart(
                          one.comparison(),
                          TrafficPart.of(one.canary()),
                          TrafficPart.of(one.stable())))
              .toList(),
          step.seen().map(ObservedPart::of),
          Seconds.word(step.decision()),
          step.why());
    }
  }

  /** What both versions did in a step, as one comparison counts it. */
  public record CountPart(String comparison, TrafficPart canary, TrafficPart stable) {}

  /** Requests, and the bad ones among them; not whole where Prometheus extrapolated. */
  public record TrafficPart(double requests, double bad) {
    static TrafficPart of(Traffic traffic) {
      return new TrafficPart(traffic.requests(), traffic.bad());
    }
  }

  /** Where traffic went: follows, unknown or strays. */
  public record ObservedPart(double mean, double low, double high, String obedience) {
    static ObservedPart of(Event.ShareSeen seen) {
      return new ObservedPart(
          seen.mean(),
          seen.interval().low(),
          seen.interval().high(),
          Seconds.word(seen.obedience()));
    }
  }

  /**
   * What both versions did under the same faults, by one comparison, and at all other times.
   *
   * @param harm how much more the faults harm the canary than stable; left out where too little was
   *     seen
   */
  public record TrialPart(
      String name,
      String comparison,
      TrafficPart stableUsual,
      TrafficPart canaryUsual,
      TrafficPart stableUnder,
      TrafficPart canaryUnder,
      Optional<HarmPart> harm) {
    static TrialPart of(TrialFacts trial) {
      return new TrialPart(
          trial.trial(),
          trial.comparison(),
          TrafficPart.of(trial.usual().stable()),
          TrafficPart.of(trial.usual().canary()),
          TrafficPart.of(trial.under().stable()),
          TrafficPart.of(trial.under().canary()),
          trial.difference().map(by -> new HarmPart(by.mean(), by.low(), by.high())));
    }
  }

  /** A difference of differences of shares, with the ends of its interval of 95%. */
  public record HarmPart(double mean, double low, double high) {}

  /** One look at where traffic went. */
  public record SharePart(double atSeconds, double asked, ObservedPart observed) {
    static SharePart of(Timed<Event.ShareSeen> seen) {
      return new SharePart(
          Seconds.of(seen.elapsed()), seen.what().asked(), ObservedPart.of(seen.what()));
    }
  }

  /**
   * One comparison.
   *
   * @param words what is compared and what is tolerated
   * @param worse whether the canary was shown to be worse
   * @param notWorse whether it was shown to be not much worse
   */
  public record ComparisonPart(
      String name,
      String words,
      boolean worse,
      boolean notWorse,
      TrafficPart canary,
      TrafficPart stable,
      List<BlockPart> blocks) {
    static ComparisonPart of(ComparisonFacts one) {
      return new ComparisonPart(
          one.name(),
          one.words(),
          one.blames(),
          one.acquits(),
          TrafficPart.of(one.canary()),
          TrafficPart.of(one.stable()),
          one.blocks().stream().map(BlockPart::of).toList());
    }
  }

  /**
   * One block of time.
   *
   * @param worse the evidence by then that the canary is worse; left out when it is no number
   * @param notWorse the evidence by then that it is not much worse; left out when it is no number
   * @param blind why nothing was seen
   */
  public record BlockPart(
      double atSeconds,
      Optional<TrafficPart> canary,
      Optional<TrafficPart> stable,
      Optional<Double> worse,
      Optional<Double> notWorse,
      Optional<String> blind) {
    static BlockPart of(Timed<Event.Compared> block) {
      return new BlockPart(
          Seconds.of(block.elapsed()),
          block.what().look().map(Look::canary).map(TrafficPart::of),
          block.what().look().map(Look::stable).map(TrafficPart::of),
          Optional.of(block.what().worse()).filter(Double::isFinite),
          Optional.of(block.what().notWorse()).filter(Double::isFinite),
          block.what().blind());
    }
  }

  static RolloutPart of(RolloutFacts rollout) {
    return new RolloutPart(
        rollout.spec().stable(),
        rollout.spec().canary(),
        rollout.spec().route().by().words(),
        rollout.ending().word(),
        Seconds.word(rollout.proof()),
        rollout.words(),
        rollout.spec().alpha().total(),
        rollout.spec().alpha().line(),
        Seconds.of(rollout.first()),
        Seconds.of(rollout.stop().map(Timed::elapsed)),
        Seconds.of(rollout.promoted().map(Timed::elapsed)),
        Seconds.of(rollout.back()),
        Seconds.of(rollout.timeToStop()),
        Seconds.of(rollout.timeBack()),
        ExposurePart.of(rollout.exposure()),
        rollout.steps().stream().map(StepPart::of).toList(),
        rollout.comparisons().stream().map(ComparisonPart::of).toList(),
        rollout.trials().stream().map(TrialPart::of).toList(),
        rollout.shares().stream().map(SharePart::of).toList());
  }
}
