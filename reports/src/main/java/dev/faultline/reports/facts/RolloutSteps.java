package dev.faultline.reports.facts;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.document.RolloutStep;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.summary.StepSummary;
import dev.faultline.reports.facts.RolloutFacts.Shifts;
import dev.faultline.reports.facts.ShiftFacts.Counted;
import dev.faultline.reports.facts.ShiftFacts.Decision;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells each step of a rollout from the events of its run. */
record RolloutSteps(
    RunSummary run, RolloutSummary rollout, Shifts shifts, List<ComparisonFacts> comparisons) {

  List<ShiftFacts> all() {
    return IntStream.rangeClosed(0, rollout.spec().steps().size()).mapToObj(this::step).toList();
  }

  private ShiftFacts step(int step) {
    List<RolloutStep> asked = rollout.spec().steps();
    boolean all = step == asked.size();
    Optional<Duration> from = from(step);
    Optional<Duration> to = from.map(_ -> to(step));
    Decision decision = decision(step);
    return new ShiftFacts(
        step + 1,
        all ? "all traffic" : asked.get(step).words(),
        all ? 1 : asked.get(step).share(),
        all ? Optional.empty() : asked.get(step).mirror().map(Quantity::value),
        from,
        to,
        comparisons.stream()
            .limit(rollout.spec().compare().size())
            .map(one -> counted(step, one))
            .toList(),
        rollout.shares().stream()
            .filter(seen -> at(seen.elapsed()) == step)
            .reduce((_, later) -> later)
            .map(Timed::what),
        decision,
        why(step, decision));
  }

  private Optional<Duration> from(int step) {
    return shifts.at(step).flatMap(StepSummary::effective);
  }

  private Optional<Duration> next(int step) {
    return IntStream.rangeClosed(step + 1, rollout.spec().steps().size())
        .mapToObj(this::from)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Duration to(int step) {
    return next(step)
        .or(shifts::back)
        .or(() -> rollout.promoted().map(Timed::elapsed))
        .orElse(run.lasted());
  }

  /** The step that a moment belongs to; -1 before the first. */
  private int at(Duration when) {
    return IntStream.rangeClosed(0, rollout.spec().steps().size())
        .filter(step -> from(step).map(from -> from.compareTo(when) <= 0).orElse(false))
        .boxed()
        .max(Comparator.comparing(step -> from(step).orElseThrow()))
        .orElse(-1);
  }

  private Counted counted(int step, ComparisonFacts comparison) {
    Traffic canary = new Traffic(0, 0);
    Traffic stable = new Traffic(0, 0);
    for (Timed<Event.Compared> block : comparison.blocks()) {
      if (block.what().look().isPresent() && at(block.elapsed()) == step) {
        Look look = block.what().look().get();
        canary = ComparisonFacts.plus(canary, look.canary());
        stable = ComparisonFacts.plus(stable, look.stable());
      }
    }
    return new Counted(comparison.name(), canary, stable);
  }

  private Decision decision(int step) {
    if (shifts.at(step).isEmpty()) {
      return Decision.NOT_REACHED;
    }
    if (from(step).isEmpty()) {
      return Decision.NOT_SHOWN;
    }
    if (next(step).isPresent()) {
      return Decision.WENT_ON;
    }
    if (rollout.promoted().isPresent()) {
      return Decision.PROMOTED;
    }
    return shifts.back().isPresent() ? Decision.ROLLED_BACK : Decision.UNDER_WAY;
  }

  private String why(int step, Decision decision) {
    return switch (decision) {
      case NOT_REACHED -> "";
      case NOT_SHOWN ->
          shifts
              .at(step)
              .flatMap(StepSummary::evidence)
              .map(Evidence::words)
              .orElse("nothing shows that it came into force");
      case WENT_ON -> goingOn(step);
      case PROMOTED ->
          scaledOut(step) + rollout.promoted().map(end -> end.what().words()).orElse("");
      case ROLLED_BACK, UNDER_WAY -> stopped();
    };
  }

  private String stopped() {
    return run.stops().stream()
        .findFirst()
        .map(stop -> stop.what().words())
        .orElse("the events tell no reason");
  }

  private String goingOn(int step) {
    String held =
        rollout.holds().stream()
            .filter(hold -> at(hold.elapsed()) == step)
            .findFirst()
            .map(hold -> "held at " + hold.what().words() + ", until that was over; ")
            .orElse("");
    String consent =
        rollout.consents().stream()
            .filter(one -> one.what().asked().step() == step)
            .map(
                one ->
                    one.what().words()
                        + one.what()
                            .asked()
                            .breach()
                            .map(breach -> ", although " + breach.words())
                            .orElse("")
                        + "; ")
            .collect(Collectors.joining());
    return held + consent + scaledOut(step) + evidence(step);
  }

  private String scaledOut(int step) {
    return rollout
        .scaledOut()
        .filter(more -> at(more.elapsed()) == step)
        .map(more -> more.what().words() + "; ")
        .orElse("");
  }

  private String evidence(int step) {
    return comparisons.stream()
        .filter(one -> one.blocks().stream().anyMatch(block -> at(block.elapsed()) == step))
        .max(Comparator.comparingDouble(one -> one.worseBy(to(step))))
        .map(
            most ->
                "evidence that the canary is worse: %s at most (%s)"
                    .formatted(ComparisonFacts.odds(most.worseBy(to(step))), most.name()))
        .orElse("nothing was compared");
  }
}
