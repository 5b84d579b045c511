package dev.faultline.model.summary;

import dev.faultline.judge.GateState;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Phase;
import dev.faultline.model.gate.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One gate over a run.
 *
 * @param gate as the experiment states it
 * @param points every look at it, in order
 */
public record GateSummary(Gate gate, List<Point> points) {

  /** Keeps the points unchangeable. */
  public GateSummary {
    points = List.copyOf(points);
  }

  /** One look at a gate. */
  public record Point(
      Instant at, Duration elapsed, Phase phase, Reading reading, GateState.Status status) {}

  /** The looks in those parts of the run in which the gate counts. */
  public List<Point> counted() {
    return points.stream().filter(point -> gate.when().contains(point.phase().part())).toList();
  }

  /** How many looks in a phase found this status. */
  public long count(Phase phase, GateState.Status status) {
    return points.stream()
        .filter(point -> point.phase() == phase && point.status() == status)
        .count();
  }
}
