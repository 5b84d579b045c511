package dev.faultline.engine.past;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time in which something was wrong, as somebody says who was there.
 *
 * @param from when it began
 * @param to when it was over; later than that
 */
public record Incident(Instant from, Instant to) {

  /** Refuses what has no length. */
  public Incident {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an incident ends after it begins");
    }
  }

  /** Whether an alarm is about it: it was on while the incident was. */
  public boolean explains(Alarm alarm) {
    return alarm.began().isBefore(to) && !alarm.ended().isBefore(from);
  }

  /** How long after its beginning the first alarm was raised; empty where none was. */
  public Optional<Duration> delay(List<Alarm> alarms) {
    return alarms.stream()
        .filter(this::explains)
        .map(alarm -> Duration.between(from, alarm.raised()))
        .map(delay -> delay.isNegative() ? Duration.ZERO : delay)
        .min(Duration::compareTo);
  }
}
