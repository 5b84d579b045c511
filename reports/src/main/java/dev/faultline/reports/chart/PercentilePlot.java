package dev.faultline.reports.chart;

import dev.faultline.judge.Latencies;
import dev.faultline.reports.facts.LoadFacts;
import dev.faultline.reports.facts.LoadFacts.InPart;
import dev.faultline.reports.facts.Spelling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Latency by percentile, before, during and after the fault. Each nine takes as much room as the
 * one before it, for the slowest requests are what users complain of; latencies are logarithmic
 * too. A line ends where less than one request lies beyond it.
 *
 * @param description what a reader who does not see it should know
 * @param percentiles labels from left to right
 * @param latencies labels from the bottom up
 * @param lines one for each part of the run
 */
public record PercentilePlot(
    String description,
    List<TimeAxis.Tick> percentiles,
    List<ValueAxis.Tick> latencies,
    List<Curve> lines) {

  /** Height of the drawing. */
  public static final int HEIGHT = 220;

  private static final int STEPS = 160;
  private static final double ROOM_FOR_NAMES = 0.12;
  private static final double FEWEST_NINES = 2;
  private static final double MOST_NINES = 6;
  private static final double NAMES_APART = 15;
  private static final double[] MARKS = {0, 50, 90, 99, 99.9, 99.99, 99.999, 99.9999};

  /**
   * One part of the run.
   *
   * @param style names its kind of line
   * @param x right end of the line
   * @param y where its name stands
   */
  public record Curve(String style, String name, SvgPath path, String x, double y) {
    /** Where its name stands, for markup. */
    public String nameY() {
      return ValueAxis.number(y);
    }
  }

  private record Scale(double nines, double low, double high) {

    double x(double percent) {
      double nine = percent >= 100 ? nines : -Math.log10(1 - percent / 100);
      return Math.min(nine, nines) / nines * (1 - ROOM_FOR_NAMES);
    }

    double percent(double x) {
      return 100 * (1 - Math.pow(10, -x / (1 - ROOM_FOR_NAMES) * nines));
    }

    double y(Duration latency) {
      double at = Math.clamp(log(latency), low, high);
      return HEIGHT - (at - low) / (high - low) * HEIGHT;
    }
  }

  /** Draws the load of a run; empty when no part of it has a latency. */
  public static Optional<PercentilePlot> of(LoadFacts load) {
    List<InPart> parts =
        load.parts().stream().filter(part -> part.latencies().isPresent()).toList();
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Scale scale = scale(parts);
    List<Curve> lines = new ArrayList<>();
    for (InPart part : parts) {
      lines.add(curve(scale, part.part().name(), part.latencies().orElseThrow()));
    }
    return Optional.of(
        new PercentilePlot(description(parts), percentiles(scale), latencies(scale), apart(lines)));
  }

  private static Scale scale(List<InPart> parts) {
    double nines = FEWEST_NINES;
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (InPart part : parts) {
      Latencies all = part.latencies().orElseThrow();
      nines = Math.max(nines, Math.min(MOST_NINES, Math.log10((double) all.count())));
      low = Math.min(low, log(all.percentile(0)));
      high = Math.max(high, log(all.max()));
    }
    low = Math.floor(low * 2) / 2;
    return new Scale(nines, low, Math.max(low + 1, high + 0.08));
  }

  // A microsecond is the least that is told apart.
  private static double log(Duration latency) {
    return Math.log10(Math.max(1e-6, latency.toNanos() / 1e9));
  }

  private static Curve curve(Scale scale, String name, Latencies all) {
    StringBuilder path = new StringBuilder();
    double end = scale.x(100 * (1 - 1.0 / (double) all.count()));
    double y = 0;
    for (int step = 0; step <= STEPS; step++) {
      double x = Math.min(end, step * (1 - ROOM_FOR_NAMES) / STEPS);
      y = scale.y(all.percentile(scale.percent(x)));
      path.append(step == 0 ? 'M' : 'L')
          .append(ValueAxis.number(x * TimeAxis.WIDTH))
          .append(' ')
          .append(ValueAxis.number(y));
      if (x >= end) {
        break;
      }
    }
    return new Curve(
        name.replace(' ', '-'), name, new SvgPath(path.toString()), TimeAxis.percent(end), y);
  }

  /** Names that would lie upon each other are pushed apart, upwards at the bottom. */
  private static List<Curve> apart(List<Curve> lines) {
    List<Curve> sorted = lines.stream().sorted(Comparator.comparingDouble(Curve::y)).toList();
    List<Curve> placed = new ArrayList<>();
    double last = -NAMES_APART;
    for (int i = 0; i < sorted.size(); i++) {
      Curve line = sorted.get(i);
      double lowest = HEIGHT - (sorted.size() - 1 - i) * NAMES_APART;
      last = Math.min(lowest, Math.max(line.y(), last + NAMES_APART));
      placed.add(new Curve(line.style(), line.name(), line.path(), line.x(), last));
    }
    return List.copyOf(placed);
  }

  private static List<TimeAxis.Tick> percentiles(Scale scale) {
    List<TimeAxis.Tick> ticks = new ArrayList<>();
    for (double mark : MARKS) {
      if (mark < 100 * (1 - Math.pow(10, -scale.nines())) || mark == 0) {
        String label = "p" + BigDecimal.valueOf(mark).stripTrailingZeros().toPlainString();
        String anchor = mark == 0 ? "start" : "middle";
        ticks.add(new TimeAxis.Tick(TimeAxis.percent(scale.x(mark)), label, anchor, mark == 0));
      }
    }
    return List.copyOf(ticks);
  }

  private static List<ValueAxis.Tick> latencies(Scale scale) {
    List<ValueAxis.Tick> ticks = new ArrayList<>();
    boolean fine = scale.high() - scale.low() < 2.5;
    for (int power = -6; power <= 4; power++) {
      for (int digit : fine ? new int[] {1, 2, 5} : new int[] {1}) {
        double seconds = digit * Math.pow(10, power);
        double at = Math.log10(seconds);
        if (at >= scale.low() && at <= scale.high()) {
          Duration latency = Duration.ofNanos(Math.round(seconds * 1e9));
          ticks.add(new ValueAxis.Tick(ValueAxis.number(scale.y(latency)), Spelling.span(latency)));
        }
      }
    }
    return List.copyOf(ticks);
  }

  private static String description(List<InPart> parts) {
    return String.join(
        " ",
        parts.stream()
            .map(
                part ->
                    "%s: median %s, 99th percentile %s, longest %s."
                        .formatted(
                            part.part().name(),
                            part.percentile(50),
                            part.percentile(99),
                            part.max()))
            .toList());
  }
}
