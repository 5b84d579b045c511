package dev.faultline.gameday.calendar;

import dev.faultline.model.codec.Codec;
import dev.faultline.model.document.GameDaySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Game days of a test, from the text of their spec. */
public final class GameDays {

  private GameDays() {}

  /** Reads a spec from JSON with single quotes. */
  public static GameDaySpec spec(String text) {
    return Codec.json().readValue(text.replace('\'', '"'), GameDaySpec.class);
  }

  /** One with this cron, in this zone. */
  public static GameDaySpec cron(String cron, String zone, String more) {
    return spec(
        "{'schedule': {'cron': '%s', 'zone': '%s'}, 'runs': ['a.yaml']%s}"
            .formatted(cron, zone, more));
  }

  /** Its timetable, without calendars. */
  public static Timetable timetable(String name, GameDaySpec spec) {
    return new Timetable(
        name, spec, new Freezes(spec.freeze(), List.of(), spec.schedule().place()));
  }

  /** All occasions planned after a moment and before another. */
  static List<Occasion> between(Timetable timetable, Instant from, Instant to) {
    List<Occasion> all = new ArrayList<>();
    Optional<Occasion> next = timetable.next(from);
    while (next.isPresent() && next.get().planned().isBefore(to)) {
      all.add(next.get());
      next = timetable.next(next.get().planned());
    }
    return all;
  }
}
