package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.judge.sequential.Look;
import dev.faultline.judge.sequential.Traffic;
import dev.faultline.model.event.Event;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.reports.facts.ComparisonFacts;
import dev.faultline.reports.facts.RolloutFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One comparison over time: the share of bad requests in each block, and below it the evidence.
 *
 * @param description what a reader who does not see the shares should know
 * @param ticks of the shares
 * @param canary its share of bad requests, block by block
 * @param stable the same of stable
 * @param blind when nothing could be seen
 * @param evidence the evidence and its stopping line
 * @param steps when each step began
 * @param marks when it ended
 */
public record ComparisonChart(
    String description,
    List<ValueAxis.Tick> ticks,
    SvgPath canary,
    SvgPath stable,
    List<Band> blind,
    EvidenceChart evidence,
    List<RolloutMark> steps,
    List<RolloutMark> marks) {

  /** Height of the drawing. */
  public static final int HEIGHT = 110;

  private static final Quantity PERCENT = Quantity.parse("1%");

  /** Keeps the lists unchangeable. */
  public ComparisonChart {
    ticks = List.copyOf(ticks);
    blind = List.copyOf(blind);
    steps = List.copyOf(steps);
    marks = List.copyOf(marks);
  }

  /** Draws a comparison. */
  public static ComparisonChart of(
      TimeAxis time, ComparisonFacts comparison, RolloutFacts rollout) {
    List<Thinned.Dot> canary = shares(time, comparison, Look::canary);
    List<Thinned.Dot> stable = shares(time, comparison, Look::stable);
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                DoubleStream.of(0),
                Stream.concat(canary.stream(), stable.stream()).mapToDouble(Thinned.Dot::value)),
            HEIGHT);
    return new ComparisonChart(
        "Over all blocks: %s.".formatted(comparison.counts()),
        values.ticks(PERCENT),
        Line.whole(Thinned.of(canary), values),
        Line.whole(Thinned.of(stable), values),
        Band.ofBlindness(time, comparison.blind()),
        EvidenceChart.of(time, comparison),
        RolloutMark.steps(time, rollout),
        RolloutMark.ends(time, rollout));
  }

  private static List<Thinned.Dot> shares(
      TimeAxis time, ComparisonFacts comparison, Function<Look, Traffic> version) {
    return dots(
        time,
        comparison,
        block ->
            block
                .look()
                .map(version)
                .filter(traffic -> traffic.requests() > 0)
                .map(traffic -> traffic.bad() / traffic.requests())
                .orElse(Double.NaN));
  }

  /** A dot for each block that gives a number; the line is broken where one gives none. */
  static List<Thinned.Dot> dots(
      TimeAxis time, ComparisonFacts comparison, ToDoubleFunction<Event.Compared> figure) {
    List<Thinned.Dot> dots = new ArrayList<>();
    boolean gap = true;
    for (Timed<Event.Compared> block : comparison.blocks()) {
      double value = figure.applyAsDouble(block.what());
      if (Double.isNaN(value)) {
        gap = true;
      } else if (time.holds(block.elapsed())) {
        dots.add(new Thinned.Dot(time.at(block.elapsed()), value, false, gap));
        gap = false;
      }
    }
    return dots;
  }
}
