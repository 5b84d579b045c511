package dev.faultline.operator.day;

import dev.faultline.operator.course.Seen;

/**
 * What is seen of a game day, but for its content.
 *
 * @param key which one it is
 * @param uid tells it from another that had its name
 * @param version that of the API server: a write which names it fails when it is no longer so
 * @param generation counts the changes of its content
 */
public record SeenDay(Seen.Key key, String uid, String version, long generation, DayStatus status) {

  /** The same with another status, as it is after a write. */
  public SeenDay with(DayStatus next, String newer) {
    return new SeenDay(key, uid, newer, generation, next);
  }
}
