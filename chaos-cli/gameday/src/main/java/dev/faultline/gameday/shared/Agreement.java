package dev.faultline.gameday.shared;

import java.util.Optional;

/** What a scheduler does with a game day whose content others may have in another form. */
enum Agreement {
  /** It has what all follow. */
  FOLLOWS,
  /** From now on, what it has is what all follow. */
  REGISTERS,
  /** It has something else, and begins no run of it. */
  DIFFERS;

  /**
   * The content of a scheduler counts for all when it saw it change from what all follow, or where
   * nobody else has that any more.
   *
   * @param registered what all follow
   * @param before what this one had until now
   * @param now what it has
   * @param held whether another scheduler has what all follow
   */
  static Agreement of(
      Optional<String> registered, Optional<String> before, String now, boolean held) {
    if (registered.isEmpty()) {
      return REGISTERS;
    }
    if (registered.get().equals(now)) {
      return FOLLOWS;
    }
    return before.equals(registered) || !held ? REGISTERS : DIFFERS;
  }
}
