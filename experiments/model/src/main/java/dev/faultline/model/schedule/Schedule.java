package dev.faultline.model.schedule;

import dev.faultline.model.codec.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When runs are due: {@code cron} with its {@code zone}, or {@code at} a moment. An hour that a
 * clock set forward leaves out falls due when it is left out, once; one that comes twice counts the
 * first time, and both times where {@code cron} means each hour.
 *
 * @param cron five fields: minute, hour, day of month, month, day of week
 * @param zone where these hours, the window and the freezes are, such as {@code Europe/Berlin};
 *     required with {@code cron}, else the offset of {@code at} when absent
 * @param at one moment, with its offset from UTC
 */
public record Schedule(Optional<String> cron, Optional<String> zone, Optional<String> at) {

  /** Refuses what names no moments, or no zone. */
  public Schedule {
    if (cron.isPresent() == at.isPresent()) {
      throw new InvalidValue(
          at.isPresent()
              ? "only one of cron and at can stand here; remove the other"
              : "one of these is missing: cron, at");
    }
    cron.ifPresent(text -> blamed("cron", () -> Cron.parse(text)));
    if (cron.isPresent() && zone.isEmpty()) {
      throw new InvalidValue(
          "'zone' is missing: machines do not agree on what hour it is; write 'zone:"
              + " Europe/Berlin' or 'zone: UTC'");
    }
    zone.ifPresent(Schedule::zoneOf);
    at.ifPresent(Schedule::moment);
  }

  private static void blamed(String key, Runnable check) {
    try {
      check.run();
    } catch (InvalidValue wrong) {
      throw new InvalidValue(key, String.valueOf(wrong.getMessage()));
    }
  }

  private static ZoneId zoneOf(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new InvalidValue(
          "zone",
          "'%s' is no time zone; write one such as Europe/Berlin, America/New_York or UTC"
              .formatted(name));
    }
  }

  private static OffsetDateTime moment(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException unread) {
      throw new InvalidValue(
          "at",
          "'%s' is no moment; write it with its offset, such as 2026-12-01T10:00:00+01:00"
              .formatted(text));
    }
  }

  /** The minutes, where they come again. */
  public Optional<Cron> minutes() {
    return cron.map(Cron::parse);
  }

  /** The moment, where there is one. */
  public Optional<Instant> once() {
    return at.map(text -> moment(text).toInstant());
  }

  /** Where the hours of this schedule are. */
  public ZoneId place() {
    return zone.map(Schedule::zoneOf)
        .or(() -> at.map(text -> moment(text).getOffset()))
        .orElseThrow();
  }
}
