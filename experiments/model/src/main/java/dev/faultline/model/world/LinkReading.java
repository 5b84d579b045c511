package dev.faultline.model.world;

import java.time.Duration;

/**
 * What was measured of one disturbance: by the relay of a link, or by the agent of a place.
 *
 * @param inForce whether it is in force at this moment
 * @param seen connections that were open since it began, or exchanges of HTTP, or packets
 * @param passed bytes of the link since it began, whether they were disturbed or not
 * @param hit how many of those seen it disturbed
 * @param pieces how many pieces of what was sent it disturbed
 * @param bytes how many bytes it disturbed
 * @param least the shortest extra delay of a piece, or of an exchange; zero where there is none
 * @param median the median of those delays
 * @param most the longest of them
 */
public record LinkReading(
    boolean inForce,
    long seen,
    long passed,
    long hit,
    long pieces,
    long bytes,
    Duration least,
    Duration median,
    Duration most) {

  /** Nothing was disturbed, and nothing is. */
  public static final LinkReading NOTHING =
      new LinkReading(false, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Something is in force, and nobody says what it does. */
  public static final LinkReading UNKNOWN =
      new LinkReading(true, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** This reading of one relay, and that of another of the same link. */
  public LinkReading and(LinkReading other) {
    LinkReading more = other.pieces > pieces ? other : this;
    Duration shortest =
        pieces == 0 || (other.pieces > 0 && other.least.compareTo(least) < 0) ? other.least : least;
    return new LinkReading(
        inForce || other.inForce,
        seen + other.seen,
        passed + other.passed,
        hit + other.hit,
        pieces + other.pieces,
        bytes + other.bytes,
        shortest,
        more.median,
        other.most.compareTo(most) > 0 ? other.most : most);
  }
}
