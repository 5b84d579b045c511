package dev.faultline.reports.chart;

import dev.faultline.model.event.Event;
import dev.faultline.reports.facts.ComparisonFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The evidence of one comparison over time, in powers of ten.
 *
 * @param description what a reader who does not see it should know
 * @param ticks of the odds
 * @param worse that the canary is worse
 * @param notWorse that it is not
 * @param line from where on a claim is accepted
 */
public record EvidenceChart(
    String description,
    List<ValueAxis.Tick> ticks,
    SvgPath worse,
    SvgPath notWorse,
    GateChart.Limit line) {

  /** Height of the drawing. */
  public static final int HEIGHT = 110;

  private static final double TEN = Math.log(10);
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** Keeps the list unchangeable. */
  public EvidenceChart {
    ticks = List.copyOf(ticks);
  }

  static EvidenceChart of(TimeAxis time, ComparisonFacts comparison) {
    List<Thinned.Dot> worse = powers(time, comparison, Event.Compared::worse);
    List<Thinned.Dot> notWorse = powers(time, comparison, Event.Compared::notWorse);
    double line = comparison.line() / TEN;
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                DoubleStream.of(0, line),
                Stream.concat(worse.stream(), notWorse.stream()).mapToDouble(Thinned.Dot::value)),
            HEIGHT);
    double y = values.y(line);
    return new EvidenceChart(
        "In the end %s.".formatted(comparison.evidence()),
        ticks(values),
        Line.whole(Thinned.of(worse), values),
        Line.whole(Thinned.of(notWorse), values),
        new GateChart.Limit(
            ValueAxis.number(y),
            "enough: %s to 1".formatted(odds(line)),
            ValueAxis.number(y < 16 ? y + 13 : y - 5)));
  }

  private static List<Thinned.Dot> powers(
      TimeAxis time, ComparisonFacts comparison, ToDoubleFunction<Event.Compared> evidence) {
    return ComparisonChart.dots(
        time,
        comparison,
        block -> block.look().isPresent() ? evidence.applyAsDouble(block) / TEN : Double.NaN);
  }

  private static List<ValueAxis.Tick> ticks(ValueAxis values) {
    long step = Math.max(1, (long) Math.ceil((values.high() - values.low()) / 5));
    List<ValueAxis.Tick> ticks = new ArrayList<>();
    long first = (long) Math.ceil(values.low() / step);
    for (long i = first; i <= first + 8 && i * step <= values.high(); i++) {
      ticks.add(new ValueAxis.Tick(values.spelled((double) (i * step)), power(i * step)));
    }
    return List.copyOf(ticks);
  }

  /** A power of ten, as people read it. */
  static String power(long exponent) {
    return switch (Math.clamp(exponent, -4, 4)) {
      case -2 -> "0.01";
      case -1 -> "0.1";
      case 0 -> "1";
      case 1 -> "10";
      case 2 -> "100";
      case 3 -> "1000";
      default -> "10" + (exponent < 0 ? "⁻" : "") + raised(Math.abs(exponent));
    };
  }

  private static String raised(long number) {
    StringBuilder text = new StringBuilder();
    for (char digit : Long.toString(number).toCharArray()) {
      text.append(RAISED.charAt(digit - '0'));
    }
    return text.toString();
  }

  private static String odds(double power) {
    return String.format(Locale.ROOT, "%.0f", Math.pow(10, power));
  }
}
