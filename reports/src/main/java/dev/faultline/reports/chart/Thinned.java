package dev.faultline.reports.chart;

import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Reading;
import dev.faultline.model.summary.GateSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * A gate's looks, thinned to what a screen can show: of the looks in one column at most the first,
 * the lowest, the highest and the last stay, so that no extreme is lost.
 */
final class Thinned {

  private static final int COLUMNS = TimeAxis.WIDTH / 2;

  /** One look that stays; {@code gap} tells that nothing is known just before it. */
  record Dot(double x, double value, boolean outside, boolean gap) {}

  private final List<Dot> kept = new ArrayList<>();
  private final List<Dot> column = new ArrayList<>();
  private long number = -1;

  private Thinned() {}

  /** The looks at a gate that a drawing keeps. */
  static List<Dot> of(TimeAxis time, GateSummary gate) {
    List<Dot> dots = new ArrayList<>();
    boolean gap = true;
    for (GateSummary.Point point : gate.points()) {
      switch (point.reading()) {
        case Reading.Value value when time.holds(point.elapsed()) -> {
          dots.add(new Dot(time.at(point.elapsed()), value.value(), outside(point.status()), gap));
          gap = false;
        }
        case Reading.Value _ -> {}
        case Reading.Blind _ -> gap = true;
      }
    }
    return of(dots);
  }

  /** The dots that a drawing keeps. */
  static List<Dot> of(List<Dot> dots) {
    Thinned thinned = new Thinned();
    dots.forEach(thinned::add);
    thinned.close();
    return List.copyOf(thinned.kept);
  }

  private static boolean outside(Status status) {
    return status == Status.OUTSIDE || status == Status.BREACHED;
  }

  private void add(Dot dot) {
    long into = (long) (dot.x() * COLUMNS);
    if (into != number) {
      close();
      number = into;
    }
    column.add(dot);
  }

  private void close() {
    int lowest = 0;
    int highest = 0;
    for (int i = 0; i < column.size(); i++) {
      lowest = column.get(i).value() < column.get(lowest).value() ? i : lowest;
      highest = column.get(i).value() > column.get(highest).value() ? i : highest;
    }
    boolean gap = false;
    for (int i = 0; i < column.size(); i++) {
      Dot dot = column.get(i);
      gap |= dot.gap();
      if (i == 0 || i == column.size() - 1 || i == lowest || i == highest) {
        kept.add(new Dot(dot.x(), dot.value(), dot.outside(), gap));
        gap = false;
      }
    }
    column.clear();
  }
}
