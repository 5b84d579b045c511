package dev.faultline.gameday.calendar;

import dev.faultline.model.document.GameDaySpec;
import dev.faultline.model.schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * When a game day is due: a function of the moment that is asked about. Immutable; the same
 * question has the same answer on every machine.
 */
public final class Timetable {

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final String name;
  private final GameDaySpec spec;
  private final Freezes freezes;
  private final Window window;
  private final ZoneId zone;
  private final Moments moments;

  /** The timetable of a game day. */
  public Timetable(String name, GameDaySpec spec, Freezes freezes) {
    this.name = name;
    this.spec = spec;
    this.freezes = freezes;
    this.window = spec.window().orElse(Window.WIDE);
    this.zone = spec.schedule().place();
    this.moments = new Moments(spec.schedule());
  }

  /** The first occasion that is planned after a moment; empty where there is none any more. */
  public Optional<Occasion> next(Instant after) {
    return moments.next(after).map(this::occasion);
  }

  /** What keeps a run from beginning at a moment. */
  public Optional<Obstacle> obstacle(Instant moment) {
    if (!window.has(LocalTime.ofInstant(moment, zone))) {
      return Optional.of(new Obstacle.Closed(window.hours().orElse("")));
    }
    return freezes.at(moment).map(frozen -> frozen);
  }

  /** The last moment at which a run of this occasion may begin. */
  public Instant latest(Occasion occasion) {
    return occasion.start().plus(window.mayBeLate());
  }

  /** Where its hours are. */
  public ZoneId zone() {
    return zone;
  }

  private Occasion occasion(Instant planned) {
    Optional<Obstacle> obstacle = obstacle(planned);
    return new Occasion(planned, obstacle.isPresent() ? planned : start(planned), obstacle);
  }

  /** What is drawn lies before the next occasion, and is cut back until it may begin. */
  private Instant start(Instant planned) {
    Duration jitter = spec.jitter().orElse(Duration.ZERO);
    if (jitter.isZero()) {
      return planned;
    }
    long most =
        moments
            .next(planned)
            .map(next -> Duration.between(planned, next).toMillis() - 1)
            .filter(gap -> gap < jitter.toMillis())
            .orElse(jitter.toMillis());
    long seed = spec.seed().orElse(1L) * MIX + name.hashCode();
    SplittableRandom chance = new SplittableRandom(seed * MIX + planned.getEpochSecond());
    long drawn = chance.nextLong(most + 1);
    while (drawn > 0 && obstacle(planned.plusMillis(drawn)).isPresent()) {
      drawn /= 2;
    }
    return planned.plusMillis(drawn);
  }
}
