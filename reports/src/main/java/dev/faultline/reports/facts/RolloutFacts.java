package dev.faultline.reports.facts;

import dev.faultline.judge.Outcome;
import dev.faultline.model.document.RolloutSpec;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.summary.StepSummary;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a new version.
 *
 * @param spec what was rolled out
 * @param ending where traffic is in the end
 * @param proof what the comparisons have shown by then
 * @param steps every step of the plan, the one to all traffic too
 * @param comparisons every comparison, in the order of the file
 * @param trials what became of the versions under the same faults, one for each comparison and
 *     trial
 * @param shares every look at where traffic went
 * @param exposure how many requests met the canary
 * @param stop why the way was left; empty when it was not
 * @param promoted when all traffic was given to the canary for good
 * @param back when all traffic was shown to be back at stable
 */
public record RolloutFacts(
    RolloutSpec spec,
    Ending ending,
    Proof proof,
    List<ShiftFacts> steps,
    List<ComparisonFacts> comparisons,
    List<TrialFacts> trials,
    List<Timed<Event.ShareSeen>> shares,
    Exposure exposure,
    Optional<Timed<Event.Stopping>> stop,
    Optional<Timed<Event.Promoted>> promoted,
    Optional<Duration> back) {

  /** Where traffic is in the end. */
  public enum Ending {
    /** It never went to the canary. */
    NOT_BEGUN,
    /** At the canary, for good. */
    PROMOTED,
    /** Back at stable, because of the canary or a gate. */
    ROLLED_BACK,
    /** Back at stable, for another reason. */
    WITHDRAWN,
    /** Nothing shows that it is back. */
    UNKNOWN;

    /** The ending in the words of the JSON report. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What comparisons have shown. */
  public enum Proof {
    /** All of them what the ending needs. */
    ALL,
    /** Some of them. */
    PART,
    /** None of them. */
    NONE
  }

  /** Keeps the lists unchangeable. */
  public RolloutFacts {
    steps = List.copyOf(steps);
    comparisons = List.copyOf(comparisons);
    trials = List.copyOf(trials);
    shares = List.copyOf(shares);
  }

  /** What a run says of it; empty for an experiment. */
  public static Optional<RolloutFacts> of(RunSummary run) {
    return run.rollout().map(rollout -> of(run, rollout));
  }

  private static RolloutFacts of(RunSummary run, RolloutSummary rollout) {
    List<ComparisonFacts> comparisons =
        rollout.spec().judged().stream()
            .map(judged -> ComparisonFacts.of(rollout, judged.comparison()))
            .toList();
    Shifts shifts = Shifts.of(run);
    Optional<Timed<Event.Stopping>> stop = run.stops().stream().findFirst();
    List<ShiftFacts> steps = new RolloutSteps(run, rollout, shifts, comparisons).all();
    Ending ending = ending(rollout, shifts, stop);
    return new RolloutFacts(
        rollout.spec(),
        ending,
        proof(ending, stop, comparisons),
        steps,
        comparisons,
        TrialFacts.of(rollout),
        rollout.shares(),
        Exposure.of(comparisons, rollout.spec().compare().size(), steps),
        stop,
        rollout.promoted(),
        shifts.back());
  }

  private static Ending ending(
      RolloutSummary rollout, Shifts shifts, Optional<Timed<Event.Stopping>> stop) {
    if (rollout.promoted().isPresent()) {
      return Ending.PROMOTED;
    }
    if (shifts.all().isEmpty()) {
      return Ending.NOT_BEGUN;
    }
    if (shifts.back().isEmpty()) {
      return Ending.UNKNOWN;
    }
    boolean blamed =
        stop.map(one -> one.what().reason())
            .filter(
                reason -> reason == StopReason.CANARY_WORSE || reason == StopReason.GATE_BREACHED)
            .isPresent();
    return blamed ? Ending.ROLLED_BACK : Ending.WITHDRAWN;
  }

  private static Proof proof(
      Ending ending, Optional<Timed<Event.Stopping>> stop, List<ComparisonFacts> comparisons) {
    if (ending != Ending.PROMOTED) {
      return stop.filter(one -> one.what().reason() == StopReason.CANARY_WORSE).isPresent()
          ? Proof.ALL
          : Proof.NONE;
    }
    long shown = comparisons.stream().filter(ComparisonFacts::acquits).count();
    return shown == comparisons.size() ? Proof.ALL : shown > 0 ? Proof.PART : Proof.NONE;
  }

  /** The shifts of a run that were shown, by their place, and when all were taken back. */
  record Shifts(List<StepSummary> all, Optional<Duration> back) {
    static Shifts of(RunSummary run) {
      List<StepSummary> all =
          run.steps().stream()
              .filter(step -> step.ref().fault().equals(RolloutSpec.SHIFT))
              .filter(step -> !FaultWindow.guards(step.step().action()))
              .toList();
      return new Shifts(
          all,
          all.stream()
              .filter(step -> step.step().undo().isPresent())
              .findFirst()
              .flatMap(StepSummary::ended));
    }

    Optional<StepSummary> at(int step) {
      return all.stream().filter(one -> one.ref().occurrence() == step).findFirst();
    }
  }

  /** The comparisons of what both versions do while nothing is broken. */
  public List<ComparisonFacts> usual() {
    return comparisons.subList(0, spec.compare().size());
  }

  /** When the canary got its first traffic. */
  public Optional<Duration> first() {
    return steps.stream().flatMap(step -> step.from().stream()).findFirst();
  }

  /** The step that the way was left or ended in. */
  public Optional<ShiftFacts> last() {
    return steps.stream().filter(step -> step.from().isPresent()).reduce((_, later) -> later);
  }

  /** From the first traffic of the canary to the decision to take it away. */
  public Optional<Duration> timeToStop() {
    return between(first(), stop.map(Timed::elapsed));
  }

  /** From that decision until all traffic was shown to be back. */
  public Optional<Duration> timeBack() {
    return between(stop.map(Timed::elapsed), back);
  }

  /** From the first traffic of the canary until it was promoted. */
  public Optional<Duration> timeToPromote() {
    return between(first(), promoted.map(Timed::elapsed));
  }

  private static Optional<Duration> between(Optional<Duration> from, Optional<Duration> to) {
    return from.flatMap(start -> to.map(end -> end.minus(start)))
        .filter(span -> !span.isNegative());
  }

  /** How long the canary had traffic before the stop, in words. */
  public String stoppedAfter() {
    return spelled(timeToStop());
  }

  /** How long it took until all traffic was back, in words. */
  public String backAfter() {
    return spelled(timeBack());
  }

  /** How long the canary had traffic before it was promoted, in words. */
  public String promotedAfter() {
    return spelled(timeToPromote());
  }

  private static String spelled(Optional<Duration> span) {
    return span.map(Spelling::span).orElse("not seen");
  }

  /** How it ended, in a few words. */
  public String words() {
    return switch (ending) {
      case NOT_BEGUN -> "no traffic was shifted";
      case PROMOTED ->
          switch (proof) {
            case ALL -> "promoted with evidence";
            case PART -> "promoted, with evidence in part";
            case NONE -> "promoted without evidence";
          };
      case ROLLED_BACK ->
          proof == Proof.ALL ? "rolled back with evidence" : "rolled back, a gate was breached";
      case WITHDRAWN -> "all traffic is back at stable";
      case UNKNOWN -> "it is not known where traffic goes";
    };
  }

  /** The outcome of the run, and how it ended. */
  String headline(Outcome outcome) {
    boolean says =
        (outcome == Outcome.PASSED && ending == Ending.PROMOTED)
            || (outcome == Outcome.ROLLED_BACK && ending == Ending.ROLLED_BACK);
    String words = says ? words() : "%s: %s".formatted(outcome.words(), words());
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The chance that a canary is blamed that is no worse, in words. */
  public String alpha() {
    return Spelling.share(Math.round(spec.alpha().total() * 1e6), 1_000_000);
  }

  /** How many times likelier a claim must have become to be accepted, in words. */
  public String needed() {
    return ComparisonFacts.odds(spec.alpha().line());
  }
}
