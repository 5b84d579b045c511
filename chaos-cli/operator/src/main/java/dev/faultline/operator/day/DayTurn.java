package dev.faultline.operator.day;

import java.util.List;

/**
 * What is to be done about a game day.
 *
 * @param status how it stands now; to be written first, where it differs from what is seen
 * @param wishes to be granted once that is written
 */
public record DayTurn(DayStatus status, List<Wish> wishes) {
  /** Keeps the list unchangeable. */
  public DayTurn {
    wishes = List.copyOf(wishes);
  }
}
