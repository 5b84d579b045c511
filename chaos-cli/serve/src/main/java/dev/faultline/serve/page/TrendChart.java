package dev.faultline.serve.page;

import dev.faultline.judge.Quantity;
import dev.faultline.reports.chart.SvgPath;
import dev.faultline.reports.chart.ValueAxis;
import dev.faultline.reports.facts.Essentials.Figure;
import dev.faultline.reports.history.History.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A figure of the runs of an experiment, from left to right.
 *
 * @param figure its name
 * @param title what it means
 * @param description what is drawn, in words
 * @param ticks the values at the side
 * @param line through the runs that have it
 * @param dots one for each of them
 * @param split where the newest runs begin, which are held to those before; empty where all are
 *     newest
 */
public record TrendChart(
    String figure,
    String title,
    String description,
    List<ValueAxis.Tick> ticks,
    SvgPath line,
    List<Dot> dots,
    Optional<String> split) {

  /** How high it is drawn. */
  public static final int HEIGHT = 150;

  private static final int WIDTH = 1000;

  /** Keeps the lists unchangeable. */
  public TrendChart {
    ticks = List.copyOf(ticks);
    dots = List.copyOf(dots);
  }

  /**
   * A run.
   *
   * @param x from the left, in percent
   * @param y from the top
   * @param passed whether the run passed
   * @param words run, time and value
   */
  public record Dot(String x, String y, boolean passed, String words) {}

  /**
   * Draws a figure; empty where less than two runs have it.
   *
   * @param number its place among the figures of a run
   * @param newest how many of the newest runs are held to those before
   */
  static Optional<TrendChart> of(List<Past> runs, int number, String title, int newest) {
    List<Figure> figures = runs.stream().map(run -> run.figures().get(number)).toList();
    double[] values =
        figures.stream().flatMap(one -> one.value().stream()).mapToDouble(one -> one).toArray();
    if (values.length < 2) {
      return Optional.empty();
    }
    ValueAxis axis = ValueAxis.over(DoubleStream.of(values), HEIGHT);
    List<Dot> dots = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      Past run = runs.get(i);
      double at = (i + 0.5) / runs.size();
      if (figures.get(i).value().isPresent()) {
        String y = axis.spelled(figures.get(i).value().get());
        line.append(line.isEmpty() ? "M" : "L").append(number(at * WIDTH)).append(' ').append(y);
        dots.add(
            new Dot(
                percent(at),
                y,
                run.passed(),
                "%s, %s: %s".formatted(run.run(), run.verdict(), figures.get(i).words())));
      }
    }
    boolean all = runs.size() <= newest;
    return Optional.of(
        new TrendChart(
            figures.getFirst().name(),
            title,
            described(figures, runs.size()),
            axis.ticks(Quantity.parse("1s")),
            new SvgPath(line.toString()),
            dots,
            all
                ? Optional.empty()
                : Optional.of(percent((double) (runs.size() - newest) / runs.size()))));
  }

  private static String described(List<Figure> figures, int runs) {
    List<Figure> known = figures.stream().filter(one -> one.value().isPresent()).toList();
    Figure least = extreme(known, -1);
    Figure most = extreme(known, 1);
    return "%s of %d of %d runs, the oldest first: from %s to %s; the newest is %s. The table has each."
        .formatted(
            known.getFirst().name(),
            known.size(),
            runs,
            least.words(),
            most.words(),
            known.getLast().words());
  }

  private static Figure extreme(List<Figure> known, int sign) {
    return known.stream()
        .max(Comparator.comparingDouble(one -> sign * one.value().orElse(0.0)))
        .orElseThrow();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share * 100);
  }
}
