package dev.faultline.gameday.calendar;

import java.util.Optional;

/** What keeps a run from beginning at a moment. */
public sealed interface Obstacle {

  /** In a sentence without its end. */
  String words();

  /**
   * A freeze.
   *
   * @param why its reason, where it has one
   */
  record Frozen(Optional<String> why) implements Obstacle {
    @Override
    public String words() {
      return "frozen" + why.map(": "::concat).orElse("");
    }
  }

  /**
   * The wrong part of the day.
   *
   * @param hours the right one
   */
  record Closed(String hours) implements Obstacle {
    @Override
    public String words() {
      return "outside of the window " + hours;
    }
  }
}
