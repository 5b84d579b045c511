package dev.faultline.reports.chart;

import dev.faultline.judge.Quantity;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.reports.facts.LoadFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Failed requests per second by class, stacked; each column shows the worst of its seconds.
 *
 * @param ticks of the failures per second
 * @param layers from the bottom to the top; empty when nothing failed
 */
public record FailureStack(List<ValueAxis.Tick> ticks, List<Layer> layers) {

  /** Height of the drawing. */
  public static final int HEIGHT = 64;

  private static final int COLUMNS = TimeAxis.WIDTH / 4;
  // More kinds of hatching than this cannot be told apart.
  private static final int LAYERS = 4;
  private static final String REST = "other errors";

  /** One class of errors; the number tells its kind of hatching. */
  public record Layer(int number, String name, SvgPath path) {}

  static FailureStack of(TimeAxis time, RunSummary run, LoadFacts load) {
    Map<Integer, LoadInterval> worst = worst(time, run);
    ValueAxis values =
        ValueAxis.over(
            DoubleStream.concat(
                DoubleStream.of(0),
                worst.values().stream().mapToDouble(second -> (double) second.failed())),
            HEIGHT);
    List<String> names = names(load);
    double width = (double) TimeAxis.WIDTH / columns(time);
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      StringBuilder path = new StringBuilder();
      for (Map.Entry<Integer, LoadInterval> column : worst.entrySet()) {
        double x = (double) column.getKey() * TimeAxis.WIDTH / columns(time);
        LoadInterval second = column.getValue();
        bar(path, values, x, width, under(names, i, second), count(names, i, second));
      }
      layers.add(new Layer(i + 1, names.get(i), new SvgPath(path.toString())));
    }
    return new FailureStack(values.ticks(Quantity.parse("1/s")), List.copyOf(layers));
  }

  private static int columns(TimeAxis time) {
    return Math.clamp(time.to().minus(time.from()).toSeconds(), 1, COLUMNS);
  }

  private static Map<Integer, LoadInterval> worst(TimeAxis time, RunSummary run) {
    Map<Integer, LoadInterval> worst = new TreeMap<>();
    for (LoadInterval interval : run.load()) {
      if (interval.failed() > 0 && time.holds(LoadFacts.elapsed(run, interval))) {
        double share = time.at(LoadFacts.elapsed(run, interval));
        int column = (int) Math.min(columns(time) - 1, share * columns(time));
        worst.merge(column, interval, (a, b) -> b.failed() > a.failed() ? b : a);
      }
    }
    return worst;
  }

  private static List<String> names(LoadFacts load) {
    List<String> names = load.errors().stream().map(LoadFacts.ErrorClass::name).toList();
    if (names.size() <= LAYERS) {
      return names;
    }
    List<String> shown = new ArrayList<>(names.subList(0, LAYERS - 1));
    shown.add(REST);
    return shown;
  }

  private static long count(List<String> names, int layer, LoadInterval interval) {
    return layer == LAYERS - 1 && names.get(layer).equals(REST)
        ? interval.failed() - under(names, layer, interval)
        : interval.errors().getOrDefault(names.get(layer), 0L);
  }

  private static long under(List<String> names, int layer, LoadInterval interval) {
    return names.subList(0, layer).stream()
        .mapToLong(name -> interval.errors().getOrDefault(name, 0L))
        .sum();
  }

  private static void bar(
      StringBuilder path, ValueAxis values, double x, double width, long under, long count) {
    if (count > 0) {
      path.append('M')
          .append(ValueAxis.number(x))
          .append(' ')
          .append(ValueAxis.number(values.y((double) under)))
          .append('h')
          .append(ValueAxis.number(width))
          .append('V')
          .append(ValueAxis.number(values.y((double) (under + count))))
          .append('h')
          .append(ValueAxis.number(-width))
          .append('z');
    }
  }
}
