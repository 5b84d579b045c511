package dev.faultline.reports.facts;

import dev.faultline.judge.Reading;
import dev.faultline.model.summary.GateSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks in a row that a gate could not see.
 *
 * @param from the first of them
 * @param to the next look after them, or the last of them
 * @param looks how many
 * @param reason the first of their reasons
 * @param detail what was answered
 */
public record Blindness(Duration from, Duration to, int looks, String reason, String detail) {

  /** Every stretch of a gate, in order. */
  public static List<Blindness> of(GateSummary gate) {
    List<Blindness> found = new ArrayList<>();
    boolean open = false;
    for (GateSummary.Point point : gate.points()) {
      if (open) {
        found.add(found.removeLast().until(point.elapsed()));
      }
      switch (point.reading()) {
        case Reading.Blind blind -> {
          if (open) {
            found.add(found.removeLast().again());
          } else {
            found.add(first(point.elapsed(), blind));
          }
          open = true;
        }
        case Reading.Value _ -> open = false;
      }
    }
    return List.copyOf(found);
  }

  private static Blindness first(Duration at, Reading.Blind blind) {
    return new Blindness(at, at, 1, blind.reason().words(), blind.detail());
  }

  private Blindness until(Duration end) {
    return new Blindness(from, end, looks, reason, detail);
  }

  private Blindness again() {
    return new Blindness(from, to, looks + 1, reason, detail);
  }

  /** When, how often and why, in words. */
  public String words() {
    return "%s to %s, %s: %s%s"
        .formatted(
            Spelling.at(from),
            Spelling.at(to),
            Spelling.counted(looks, "look"),
            reason,
            detail.isBlank() ? "" : " (" + detail + ")");
  }
}
