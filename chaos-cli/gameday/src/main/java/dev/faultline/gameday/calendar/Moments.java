package dev.faultline.gameday.calendar;

import dev.faultline.model.schedule.Cron;
import dev.faultline.model.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments of a schedule. Where a clock is set forward, what was due in between is due at that
 * moment, once. Where it is set back, an hour that comes twice counts the first time; both times
 * where the schedule means each hour.
 */
final class Moments {

  private static final Duration LEAST = Duration.ofNanos(1);

  private final Schedule schedule;
  private final Optional<Cron> cron;

  Moments(Schedule schedule) {
    this.schedule = schedule;
    this.cron = schedule.minutes();
  }

  /** The first moment after another. */
  Optional<Instant> next(Instant after) {
    return cron.isPresent()
        ? next(cron.get(), schedule.place(), after)
        : schedule.once().filter(at -> at.isAfter(after));
  }

  private static Optional<Instant> next(Cron cron, ZoneId zone, Instant after) {
    ZoneRules rules = zone.getRules();
    Stretch stretch = Stretch.around(after, rules);
    LocalDateTime from = LocalDateTime.ofInstant(after, stretch.offset);
    while (true) {
      ZoneOffset offset = stretch.offset;
      LocalDateTime fresh = cron.everyHour() ? from : stretch.withoutRepeated(from);
      Optional<LocalDateTime> minute = cron.next(fresh);
      Optional<Instant> found = minute.map(at -> at.toInstant(offset));
      ZoneOffsetTransition end = stretch.end;
      if (end == null || (found.isPresent() && found.get().isBefore(end.getInstant()))) {
        return found;
      }
      if (end.isGap() && isLeftOut(cron, end)) {
        return Optional.of(end.getInstant());
      }
      if (minute.isEmpty()) {
        return Optional.empty();
      }
      stretch = Stretch.after(end, rules);
      from = end.getDateTimeAfter().minus(LEAST);
    }
  }

  private static boolean isLeftOut(Cron cron, ZoneOffsetTransition gap) {
    return cron.next(gap.getDateTimeBefore().minus(LEAST))
        .filter(minute -> minute.isBefore(gap.getDateTimeAfter()))
        .isPresent();
  }

  /** A time in which the clock of a zone is not set, by what was done to it before and after. */
  private record Stretch(
      ZoneOffset offset, @Nullable ZoneOffsetTransition begin, @Nullable ZoneOffsetTransition end) {

    static Stretch around(Instant moment, ZoneRules rules) {
      return new Stretch(
          rules.getOffset(moment),
          rules.previousTransition(moment.plus(LEAST)),
          rules.nextTransition(moment));
    }

    static Stretch after(ZoneOffsetTransition begin, ZoneRules rules) {
      return new Stretch(begin.getOffsetAfter(), begin, rules.nextTransition(begin.getInstant()));
    }

    LocalDateTime withoutRepeated(LocalDateTime from) {
      if (begin == null || begin.isGap() || !from.isBefore(begin.getDateTimeBefore())) {
        return from;
      }
      return begin.getDateTimeBefore().minus(LEAST);
    }
  }
}
