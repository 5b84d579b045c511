package dev.faultline.reports.chart;

import dev.faultline.judge.Bound;
import dev.faultline.judge.Quantity;
import dev.faultline.reports.facts.FaultWindow;
import dev.faultline.reports.facts.GateFacts;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * One gate over time.
 *
 * @param description what a reader who does not see it should know
 * @param ticks of the values
 * @param limits the bound
 * @param line the signal
 * @param outside its part outside the bound
 * @param faults when faults were in force
 * @param blind when nothing could be seen
 */
public record GateChart(
    String description,
    List<ValueAxis.Tick> ticks,
    List<Limit> limits,
    SvgPath line,
    SvgPath outside,
    List<Band> faults,
    List<Band> blind) {

  /** Height of the drawing. */
  public static final int HEIGHT = 150;

  /** A line that should not be crossed. */
  public record Limit(String y, String label, String labelY) {}

  /** Draws a gate. */
  public static GateChart of(TimeAxis time, GateFacts gate, List<FaultWindow> windows) {
    List<Thinned.Dot> dots = Thinned.of(time, gate.summary());
    Bound bound = gate.summary().gate().bound();
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                dots.stream().mapToDouble(Thinned.Dot::value),
                quantities(bound).mapToDouble(Quantity::value)),
            HEIGHT);
    return new GateChart(
        description(gate),
        values.ticks(bound.limit()),
        quantities(bound).map(limit -> limit(values, limit)).toList(),
        Line.whole(dots, values),
        Line.outside(dots, values),
        Band.ofFaults(time, windows),
        Band.ofBlindness(time, gate.blind()));
  }

  private static Stream<Quantity> quantities(Bound bound) {
    return switch (bound) {
      case Bound.Between range -> Stream.of(range.low(), range.high());
      case Bound.Below below -> Stream.of(below.limit());
      case Bound.Above above -> Stream.of(above.limit());
      case Bound.Equals equal -> Stream.of(equal.limit());
    };
  }

  private static Limit limit(ValueAxis values, Quantity quantity) {
    double y = values.y(quantity.value());
    double label = y < 16 ? y + 13 : y - 5;
    return new Limit(ValueAxis.number(y), quantity.text(), ValueAxis.number(label));
  }

  private static String description(GateFacts gate) {
    return "%s must be %s. Worst value %s; %s. %s"
        .formatted(
            gate.query(),
            gate.bound(),
            gate.worst(),
            gate.state(),
            gate.firstBreach().map(first -> "Breached: " + first + ".").orElse(""))
        .strip();
  }
}
