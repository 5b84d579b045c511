package dev.faultline.reports.chart;

import dev.faultline.model.summary.RunSummary.Timed;
import dev.faultline.reports.facts.RolloutFacts;
import dev.faultline.reports.facts.ShiftFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A named line through the drawings of a rollout.
 *
 * @param x where it lies, for markup
 * @param label its name; empty where there is no room for one
 * @param anchor on which side of the line the name stands, for markup
 * @param dx how far from the line
 * @param y how far from the top
 * @param style its kind, in the words of a style sheet
 */
public record RolloutMark(String x, String label, String anchor, int dx, int y, String style) {

  private static final double ROOM = 0.07;
  private static final double NEAR_THE_END = 0.86;

  /** When each step began. */
  static List<RolloutMark> steps(TimeAxis time, RolloutFacts rollout) {
    List<RolloutMark> marks = new ArrayList<>();
    for (ShiftFacts step : rollout.steps()) {
      if (step.from().isPresent() && time.holds(step.from().get())) {
        double from = time.at(step.from().get());
        boolean room = step.to().map(time::at).orElse(from) - from >= ROOM;
        String label = room ? step.weight() : "";
        marks.add(new RolloutMark(time.percent(step.from().get()), label, "start", 4, 11, "step"));
      }
    }
    return List.copyOf(marks);
  }

  /** When the way was left, when traffic was back, when the canary was promoted. */
  static List<RolloutMark> ends(TimeAxis time, RolloutFacts rollout) {
    List<RolloutMark> marks = new ArrayList<>();
    end(time, rollout.stop().map(Timed::elapsed), "stop", false, 33).ifPresent(marks::add);
    end(time, rollout.back(), "back at stable", true, 48).ifPresent(marks::add);
    end(time, rollout.promoted().map(Timed::elapsed), "promoted", false, 33).ifPresent(marks::add);
    return List.copyOf(marks);
  }

  private static Optional<RolloutMark> end(
      TimeAxis time, Optional<Duration> at, String label, boolean right, int y) {
    return at.filter(time::holds)
        .map(
            when -> {
              boolean after = time.at(when) < (right ? NEAR_THE_END : ROOM);
              return new RolloutMark(
                  time.percent(when),
                  label,
                  after ? "start" : "end",
                  after ? 5 : -5,
                  y,
                  label.startsWith("back") ? "back" : label);
            });
  }
}
