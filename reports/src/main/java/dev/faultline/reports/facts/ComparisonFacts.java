package dev.faultline.reports.facts;

import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.event.Event;
import dev.faultline.model.rollout.Comparison;
import dev.faultline.model.summary.RolloutSummary;
import dev.faultline.model.summary.RunSummary.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One comparison of canary and stable over a rollout.
 *
 * @param comparison what was compared
 * @param blocks every block, in order; one that could not be seen has no look
 * @param line the natural logarithm of the evidence from which on a claim is accepted
 * @param blind the stretches in which nothing was seen
 */
public record ComparisonFacts(
    Comparison comparison, List<Timed<Event.Compared>> blocks, double line, List<Blindness> blind) {

  private static final double MILLION = Math.log(1e6);

  /** Keeps the lists unchangeable. */
  public ComparisonFacts {
    blocks = List.copyOf(blocks);
    blind = List.copyOf(blind);
  }

  static ComparisonFacts of(RolloutSummary rollout, Comparison comparison) {
    List<Timed<Event.Compared>> blocks =
        rollout.comparisons().stream()
            .filter(one -> one.what().comparison().equals(comparison.title()))
            .toList();
    return new ComparisonFacts(
        comparison, blocks, rollout.spec().alpha().line(), blindness(blocks));
  }

  private static List<Blindness> blindness(List<Timed<Event.Compared>> blocks) {
    List<Blindness> found = new ArrayList<>();
    boolean open = false;
    for (Timed<Event.Compared> block : blocks) {
      if (open) {
        Blindness last = found.removeLast();
        found.add(new Blindness(last.from(), block.elapsed(), last.looks(), last.reason(), ""));
      }
      Optional<String> why = block.what().blind();
      if (why.isPresent() && open) {
        Blindness last = found.removeLast();
        found.add(new Blindness(last.from(), last.to(), last.looks() + 1, last.reason(), ""));
      } else if (why.isPresent()) {
        found.add(new Blindness(block.elapsed(), block.elapsed(), 1, why.get(), ""));
      }
      open = why.isPresent();
    }
    return List.copyOf(found);
  }

  /** What it is called. */
  public String name() {
    return comparison.title();
  }

  /** What is compared and what is tolerated, in words. */
  public String words() {
    return comparison.words();
  }

  /** What makes a request bad, in words. */
  public String badness() {
    return comparison.measure().words();
  }

  /** All that the canary did in the blocks that were seen. */
  public Traffic canary() {
    return sum(Look::canary);
  }

  /** All that stable did in the same blocks. */
  public Traffic stable() {
    return sum(Look::stable);
  }

  private Traffic sum(Function<Look, Traffic> version) {
    return blocks.stream()
        .flatMap(block -> block.what().look().stream())
        .map(version)
        .reduce(new Traffic(0, 0), ComparisonFacts::plus);
  }

  static Traffic plus(Traffic all, Traffic more) {
    return new Traffic(all.requests() + more.requests(), all.bad() + more.bad());
  }

  /** Whether the canary was shown to be worse at the last block. */
  public boolean blames() {
    return last(Event.Compared::worse) >= line;
  }

  /** Whether the canary was shown to be not much worse at the last block. */
  public boolean acquits() {
    return last(Event.Compared::notWorse) >= line;
  }

  private double last(ToDoubleFunction<Event.Compared> evidence) {
    return blocks.isEmpty() ? 0 : evidence.applyAsDouble(blocks.getLast().what());
  }

  /** What was shown in the end, in a few words. */
  public String state() {
    return blames()
        ? "the canary is worse"
        : acquits() ? "the canary is not much worse" : "nothing is shown";
  }

  /** The evidence in the end, and how much is needed, in words. */
  public String evidence() {
    return "%s that it is worse, %s that it is not; %s are needed"
        .formatted(
            odds(last(Event.Compared::worse)), odds(last(Event.Compared::notWorse)), odds(line));
  }

  /** What both versions did, in words. */
  public String counts() {
    return "canary %s; stable %s".formatted(canaryCounts(), stableCounts());
  }

  /** What the canary did, in words. */
  public String canaryCounts() {
    return of(canary());
  }

  /** What stable did in the same blocks, in words. */
  public String stableCounts() {
    return of(stable());
  }

  private static String of(Traffic traffic) {
    return "%s of %s requests (%s)"
        .formatted(
            Spelling.count(Math.round(traffic.bad())),
            Spelling.count(Math.round(traffic.requests())),
            rate(traffic));
  }

  /** How much the blocks say against the canary by then; 0 before the first. */
  double worseBy(Duration when) {
    return blocks.stream()
        .filter(block -> block.elapsed().compareTo(when) <= 0)
        .reduce((_, later) -> later)
        .map(block -> block.what().worse())
        .orElse(0.0);
  }

  /** The share of bad requests, in words. */
  static String rate(Traffic traffic) {
    return Spelling.share(Math.round(traffic.bad()), Math.round(traffic.requests()));
  }

  /** Odds from their natural logarithm, in words. */
  static String odds(double log) {
    if (log >= MILLION) {
      return "over a million to 1";
    }
    double odds = Math.exp(log);
    String text =
        odds >= 100
            ? Spelling.count(Math.round(odds))
            : odds >= 0.01 ? digits(odds) : "less than 0.01";
    return text + " to 1";
  }

  private static String digits(double odds) {
    String text =
        String.format(Locale.ROOT, odds >= 10 ? "%.0f" : odds >= 1 ? "%.1f" : "%.2f", odds);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
