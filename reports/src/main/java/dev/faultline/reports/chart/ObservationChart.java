package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.model.observation.Breaker;
import dev.faultline.model.observation.Breaker.State;
import dev.faultline.model.observation.Fallback;
import dev.faultline.model.observation.Observation;
import dev.faultline.model.observation.Retries;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.ObservationFacts;
import dev.faultline.reports.facts.ObservationFacts.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One observation over time.
 *
 * @param description what a reader who does not see it should know
 * @param ticks of the values
 * @param lines one for each figure
 * @param faults when faults were in force
 */
public record ObservationChart(
    String description, List<ValueAxis.Tick> ticks, List<SvgPath> lines, List<Band> faults) {

  /** Height of the drawing. */
  public static final int HEIGHT = 90;

  private static final Duration MISSED = Duration.ofSeconds(12);

  /** Keeps the lists unchangeable. */
  public ObservationChart {
    ticks = List.copyOf(ticks);
    lines = List.copyOf(lines);
    faults = List.copyOf(faults);
  }

  /** Draws an observation. */
  public static ObservationChart of(
      TimeAxis time, ObservationFacts one, List<FaultWindow> windows) {
    Observation what = one.summary().observed().what();
    ValueAxis values = axis(what, one.seen());
    return new ObservationChart(
        "%s over time, from %d looks."
            .formatted(String.join(" and ", one.figures()), one.seen().size()),
        ticks(what, values),
        IntStream.range(0, one.figures().size())
            .mapToObj(figure -> Line.whole(Thinned.of(dots(time, one.seen(), figure)), values))
            .toList(),
        Band.ofFaults(time, windows));
  }

  private static ValueAxis axis(Observation what, List<Look> seen) {
    DoubleStream all =
        seen.stream().flatMap(look -> look.values().stream()).mapToDouble(Double::doubleValue);
    return switch (what) {
      case Breaker _ ->
          ValueAxis.over(Arrays.stream(State.values()).mapToDouble(State::number), HEIGHT);
      case Retries _, Fallback _ ->
          ValueAxis.over(DoubleStream.concat(DoubleStream.of(0), all), HEIGHT);
    };
  }

  private static List<ValueAxis.Tick> ticks(Observation what, ValueAxis values) {
    return switch (what) {
      case Breaker _ ->
          Arrays.stream(State.values())
              .map(state -> new ValueAxis.Tick(values.spelled(state.number()), state.words()))
              .toList();
      case Retries _, Fallback _ -> values.ticks(Quantity.parse("1/s"));
    };
  }

  private static List<Thinned.Dot> dots(TimeAxis time, List<Look> seen, int figure) {
    List<Thinned.Dot> dots = new ArrayList<>();
    Duration last = Duration.ZERO.minus(MISSED);
    for (Look look : seen) {
      if (time.holds(look.elapsed())) {
        boolean gap = look.elapsed().minus(last).compareTo(MISSED) >= 0;
        dots.add(new Thinned.Dot(time.at(look.elapsed()), look.value(figure), false, gap));
        last = look.elapsed();
      }
    }
    return dots;
  }
}
