package dev.faultline.model.world;

/**
 * How far a clock is off.
 *
 * @param seconds how far it is ahead; below 0 when it is behind
 */
public record ClockShift(long seconds) {

  /** A clock that is right. */
  public static final ClockShift NONE = new ClockShift(0);

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** Such as {@code 2h ahead}, {@code 90s behind} or {@code right}. */
  public String words() {
    if (seconds == 0) {
      return "right";
    }
    return amount(Math.abs(seconds)) + (seconds > 0 ? " ahead" : " behind");
  }

  private static String amount(long time) {
    if (time % DAY == 0) {
      return time / DAY + "d";
    }
    if (time % HOUR == 0) {
      return time / HOUR + "h";
    }
    return time % MINUTE == 0 ? time / MINUTE + "m" : time + "s";
  }
}
