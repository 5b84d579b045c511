package dev.faultline.reports.chart;

import dev.faultline.model.event.Phase;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.RunSummary.PhaseSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The time that every drawing of a report spans, from the baseline to the end of the run.
 *
 * @param from the left end
 * @param to the right end
 */
public record TimeAxis(Duration from, Duration to) {

  /** How many steps a path can tell apart from left to right. */
  public static final int WIDTH = 1000;

  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400
  };

  /** A label on the axis; minor ones can be left out where there is little room. */
  public record Tick(String x, String label, String anchor, boolean minor) {}

  /** The axis of a run. */
  public static TimeAxis of(RunSummary run) {
    Duration from =
        run.phases().stream()
            .filter(span -> span.phase() == Phase.BASELINE)
            .map(PhaseSpan::from)
            .findFirst()
            .orElse(Duration.ZERO);
    Duration least = from.plusSeconds(1);
    return new TimeAxis(from, run.lasted().compareTo(least) > 0 ? run.lasted() : least);
  }

  /** Where a moment lies, from 0 at the left end to 1 at the right; outside moments at the ends. */
  public double at(Duration elapsed) {
    double share = seconds(elapsed.minus(from)) / seconds(to.minus(from));
    return Math.clamp(share, 0, 1);
  }

  /** Whether a moment is within the axis. */
  public boolean holds(Duration elapsed) {
    return elapsed.compareTo(from) >= 0 && elapsed.compareTo(to) <= 0;
  }

  /** Where a moment lies, as a percentage for markup. */
  public String percent(Duration elapsed) {
    return percent(at(elapsed));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share * 100);
  }

  /** Five to nine labels at round times. */
  public List<Tick> ticks() {
    long span = Math.max(1, to.minus(from).toSeconds());
    long step = STEPS[STEPS.length - 1];
    for (long candidate : STEPS) {
      if (span / candidate <= 8) {
        step = candidate;
        break;
      }
    }
    step = Math.max(step, span / 8);
    List<Tick> ticks = new ArrayList<>();
    long first = Math.ceilDiv(from.toMillis(), step * 1000) * step;
    for (long second = first; second <= to.toSeconds(); second += step) {
      double share = at(Duration.ofSeconds(second));
      String anchor = share < 0.04 ? "start" : share > 0.96 ? "end" : "middle";
      ticks.add(new Tick(percent(share), label(second), anchor, ticks.size() % 2 == 1));
    }
    return List.copyOf(ticks);
  }

  private static String label(long second) {
    return second < 3600
        ? String.format(Locale.ROOT, "%d:%02d", second / 60, second % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", second / 3600, second % 3600 / 60, second % 60);
  }

  private static double seconds(Duration span) {
    return span.toNanos() / 1e9;
  }
}
