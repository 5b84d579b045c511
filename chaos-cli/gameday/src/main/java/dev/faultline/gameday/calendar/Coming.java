package dev.faultline.gameday.calendar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What comes: a time at which a game day begins, or some in a row that are dropped for one reason.
 *
 * @param first when, or when the first of them is planned
 * @param last when the last of them is planned; the same where there is one
 * @param times how many
 * @param obstacle why they are dropped; empty where it begins
 */
public record Coming(Instant first, Instant last, int times, Optional<Obstacle> obstacle) {

  /**
   * What comes of a timetable.
   *
   * @param count how many times it begins, at most
   */
  public static List<Coming> of(Timetable timetable, Instant from, Instant until, int count) {
    List<Coming> all = new ArrayList<>();
    int begins = 0;
    Optional<Occasion> next = timetable.next(from);
    while (begins < count && next.isPresent() && next.get().planned().isBefore(until)) {
      Occasion occasion = next.get();
      if (occasion.obstacle().isEmpty()) {
        begins++;
      }
      add(occasion, all);
      next = timetable.next(occasion.planned());
    }
    return all;
  }

  private static void add(Occasion occasion, List<Coming> all) {
    Optional<Coming> before = all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    if (occasion.obstacle().isPresent()
        && before.map(Coming::obstacle).equals(Optional.of(occasion.obstacle()))) {
      Coming row = all.removeLast();
      all.add(new Coming(row.first, occasion.planned(), row.times + 1, row.obstacle));
    } else {
      all.add(new Coming(occasion.start(), occasion.start(), 1, occasion.obstacle()));
    }
  }
}
