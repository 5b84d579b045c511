package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.LoadFacts;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/**
 * The load over time: what was asked, what was answered, what failed.
 *
 * @param description what a reader who does not see it should know
 * @param ticks of the requests per second
 * @param requested requests that should have been started in each second
 * @param answered those that got an answer that is no error
 * @param failures failed requests by class, stacked
 * @param faults when faults were in force
 */
public record LoadChart(
    String description,
    List<ValueAxis.Tick> ticks,
    SvgPath requested,
    SvgPath answered,
    FailureStack failures,
    List<Band> faults) {

  /** Height of the drawing. */
  public static final int HEIGHT = 150;

  private static final Quantity PER_SECOND = Quantity.parse("1/s");
  private static final Duration MISSED = Duration.ofMillis(2500);

  /** Draws the load of a run that had one. */
  public static LoadChart of(
      TimeAxis time, RunSummary run, LoadFacts load, List<FaultWindow> windows) {
    List<Thinned.Dot> requested = dots(time, run, LoadInterval::intended);
    List<Thinned.Dot> answered = dots(time, run, LoadInterval::answered);
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                DoubleStream.of(0), requested.stream().mapToDouble(Thinned.Dot::value)),
            HEIGHT);
    return new LoadChart(
        "%s requested, %s answered without error, %s failed."
            .formatted(
                Spelling.count(load.intended()),
                Spelling.count(load.answered()),
                Spelling.count(load.failed())),
        values.ticks(PER_SECOND),
        Line.whole(Thinned.of(requested), values),
        Line.whole(Thinned.of(answered), values),
        FailureStack.of(time, run, load),
        Band.ofFaults(time, windows));
  }

  private static List<Thinned.Dot> dots(
      TimeAxis time, RunSummary run, ToLongFunction<LoadInterval> figure) {
    List<Thinned.Dot> dots = new ArrayList<>();
    Duration last = null;
    for (LoadInterval interval : run.load()) {
      Duration at = LoadFacts.elapsed(run, interval);
      if (time.holds(at)) {
        boolean gap = last == null || at.minus(last).compareTo(MISSED) > 0;
        dots.add(new Thinned.Dot(time.at(at), (double) figure.applyAsLong(interval), false, gap));
        last = at;
      }
    }
    return dots;
  }
}
