package dev.faultline.gameday.course;

import dev.faultline.gameday.calendar.Occasion;

/** What becomes of an occasion. */
public sealed interface Decision {

  /** Which one. */
  Occasion occasion();

  /** Its runs begin now. */
  record Begin(Occasion occasion) implements Decision {}

  /**
   * They never begin.
   *
   * @param why in a few words
   */
  record Drop(Occasion occasion, String why) implements Decision {}
}
