package dev.faultline.reports.chart;

import dev.faultline.model.summary.Moment;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.model.world.Sighting;
import dev.faultline.reports.facts.Recovery;
import dev.faultline.reports.facts.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A numbered moment in the timeline.
 *
 * @param number from 1, in the order of time
 * @param x where it lies, from 0 to 1
 * @param row out of the way of its neighbours, from 0
 * @param kind tells its shape
 * @param time when, in words
 * @param words what
 */
public record Mark(int number, double x, int row, Kind kind, String time, String words) {

  private static final int ROWS = 5;
  private static final int MOST = 48;
  // Two circles closer than this overlap on a narrow screen.
  private static final double APART = 0.07;

  /** What a mark speaks of. */
  public enum Kind {
    /** A moment that figures are made of. */
    MOMENT,
    /** The timeline was left. */
    STOP,
    /** The environment did or saw something. */
    SIGHTING;

    /** The kind in the words of a style sheet. */
    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Raw(Duration at, Kind kind, String words) {}

  /** What, in a few lines; the evidence of a figure stands in full beside it. */
  public String brief() {
    return Spelling.brief(words, kind == Kind.MOMENT ? 110 : 500);
  }

  /** Where it lies, for markup. */
  public String percent() {
    return TimeAxis.percent(Math.clamp(x, 0.012, 0.988));
  }

  static List<Mark> of(TimeAxis time, RunSummary run, Recovery recovery) {
    List<Raw> raw = new ArrayList<>();
    for (Recovery.At at : recovery.moments()) {
      at.moment().ifPresent(seen -> raw.add(new Raw(seen.elapsed(), Kind.MOMENT, words(at, seen))));
    }
    run.stops().forEach(stop -> raw.add(new Raw(stop.elapsed(), Kind.STOP, stop.what().words())));
    run.sightings().stream()
        .filter(sighting -> sighting.what().kind() != Sighting.Kind.PROGRESS)
        .filter(sighting -> !told(raw, sighting))
        .map(seen -> new Raw(seen.elapsed(), Kind.SIGHTING, words(seen.what())))
        .forEach(raw::add);
    List<Mark> marks = new ArrayList<>();
    double[] last = new double[ROWS];
    Arrays.fill(last, -1);
    raw.stream()
        .filter(one -> time.holds(one.at()))
        .sorted(Comparator.comparing(Raw::at))
        .limit(MOST)
        .forEach(one -> marks.add(placed(one, time.at(one.at()), marks.size() + 1, last)));
    return List.copyOf(marks);
  }

  // What a figure is made of needs no mark of its own.
  private static boolean told(List<Raw> raw, Timed<Sighting> sighting) {
    return raw.stream()
        .anyMatch(
            one ->
                one.at().equals(sighting.elapsed())
                    && one.words().endsWith(words(sighting.what())));
  }

  private static String words(Recovery.At at, Moment seen) {
    return "%s: %s".formatted(at.name(), seen.evidence());
  }

  private static String words(Sighting sighting) {
    return "%s: %s".formatted(sighting.source(), sighting.words());
  }

  private static Mark placed(Raw raw, double x, int number, double[] last) {
    int row = 0;
    for (int candidate = 0; candidate < ROWS; candidate++) {
      if (x - last[candidate] >= APART) {
        row = candidate;
        break;
      }
      row = last[candidate] < last[row] ? candidate : row;
    }
    last[row] = x;
    return new Mark(number, x, row, raw.kind(), Spelling.at(raw.at()), raw.words());
  }
}
