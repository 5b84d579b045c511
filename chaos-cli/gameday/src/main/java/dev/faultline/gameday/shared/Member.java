package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.Book.Origin;
import java.util.UUID;

/**
 * A scheduler as others know it.
 *
 * @param id another one for each start
 * @param host its machine, for people
 * @param state its state folder there
 * @param mark tells that folder from any other, here or elsewhere
 * @param watches whether it looks after what others leave; else it makes one firing, and ends
 */
public record Member(String id, String host, String state, String mark, boolean watches) {

  /** A scheduler that starts now. */
  public static Member starting(String host, String state, String mark, boolean watches) {
    return new Member(idOf(host), host, state, mark, watches);
  }

  /** The same one, after others took it for dead. */
  Member again() {
    return new Member(idOf(host), host, state, mark, watches);
  }

  private static String idOf(String host) {
    return host + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  boolean isSamePlace(Origin origin) {
    return origin.mark().equals(mark);
  }
}
