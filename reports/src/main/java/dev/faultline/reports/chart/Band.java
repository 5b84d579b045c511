package dev.faultline.reports.chart;

import dev.faultline.reports.facts.Blindness;
import dev.faultline.reports.facts.FaultWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time in a drawing.
 *
 * @param from its left end, from 0 to 1
 * @param to its right end
 * @param words what it is
 */
public record Band(double from, double to, String words) {

  private static final double NARROWEST = 0.004;

  /** Left end for markup. */
  public String x() {
    return TimeAxis.percent(from);
  }

  /** Right end for markup. */
  public String end() {
    return TimeAxis.percent(to);
  }

  /** Width for markup. */
  public String width() {
    return TimeAxis.percent(to - from);
  }

  /** Middle for markup. */
  public String middle() {
    return TimeAxis.percent((from + to) / 2);
  }

  /** Whether a short word fits on a wide screen. */
  public boolean roomy() {
    return to - from >= 0.09;
  }

  /** Whether a short word fits on a narrow screen too. */
  public boolean wide() {
    return to - from >= 0.24;
  }

  static Band of(TimeAxis time, Duration from, Duration to, String words) {
    double left = Math.min(time.at(from), 1 - NARROWEST);
    return new Band(left, Math.max(time.at(to), left + NARROWEST), words);
  }

  /** The faults, those that a reader could not tell apart as one. */
  static List<Band> ofFaults(TimeAxis time, List<FaultWindow> windows) {
    return merged(
        windows.stream()
            .map(window -> of(time, window.from(), window.to(), window.words()))
            .toList());
  }

  /** The times when a gate could not see, those that a reader could not tell apart as one. */
  static List<Band> ofBlindness(TimeAxis time, List<Blindness> blind) {
    return merged(
        blind.stream()
            .filter(one -> time.holds(one.from()))
            .map(one -> of(time, one.from(), one.to(), "blind " + one.words()))
            .toList());
  }

  static List<Band> merged(List<Band> bands) {
    List<Band> all = new ArrayList<>();
    for (Band band : bands.stream().sorted(Comparator.comparingDouble(Band::from)).toList()) {
      if (!all.isEmpty() && band.from <= all.getLast().to + NARROWEST / 2) {
        Band last = all.removeLast();
        String words =
            last.words.length() > 600 || last.words.endsWith(band.words)
                ? last.words
                : last.words + "; " + band.words;
        all.add(new Band(last.from, Math.max(last.to, band.to), words));
      } else {
        all.add(band);
      }
    }
    return List.copyOf(all);
  }
}
