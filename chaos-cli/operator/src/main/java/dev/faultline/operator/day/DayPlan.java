package dev.faultline.operator.day;

import dev.faultline.gameday.course.Agenda;
import java.util.List;

/**
 * A game day that can be followed.
 *
 * @param agenda when it is due
 * @param runs the names of the objects that it runs
 */
public record DayPlan(Agenda agenda, List<String> runs) {
  /** Keeps the list unchangeable. */
  public DayPlan {
    runs = List.copyOf(runs);
  }
}
