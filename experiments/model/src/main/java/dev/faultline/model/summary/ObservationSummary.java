package dev.faultline.model.summary;

import dev.faultline.judge.Reading;
import dev.faultline.model.document.Observed;
import java.time.Duration;
import java.util.List;

/**
 * One observation over a run.
 *
 * @param observed as the experiment states it
 * @param points every look at it, in order
 */
public record ObservationSummary(Observed observed, List<Point> points) {

  /** Keeps the points unchangeable. */
  public ObservationSummary {
    points = List.copyOf(points);
  }

  /** One look, with a reading of each figure. */
  public record Point(Duration elapsed, List<Reading> readings) {
    /** Keeps the readings unchangeable. */
    public Point {
      readings = List.copyOf(readings);
    }
  }
}
