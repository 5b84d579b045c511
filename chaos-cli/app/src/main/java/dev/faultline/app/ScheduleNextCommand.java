package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.run.Clock;
import dev.faultline.gameday.calendar.Coming;
import dev.faultline.gameday.file.Day;
import dev.faultline.model.codec.Codec;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what comes. */
@Command(
    name = "next",
    description = {
      "Lists the next times of game days, and what is dropped before them, with the",
      "reason."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline schedule next examples/game-days --count 20",
      "%nExit codes:",
      "  0 listed   2 invalid file"
    })
final class ScheduleNextCommand implements Callable<Integer> {

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final Duration YEAR = Duration.ofDays(366);

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Files of game days, or folders of them.")
  private List<String> places = new ArrayList<>();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "So many times of each game day. Default: 10.")
  private int count = 10;

  @Option(
      names = "--until",
      paramLabel = "DAY|MOMENT",
      description = {
        "Up to there, such as 2026-12-31 (its end not included, in UTC) or",
        "2026-12-31T12:00:00+01:00. Default: a year from now."
      })
  private @Nullable String until;

  @Option(names = "--json", description = "Prints a line of JSON for each.")
  private boolean json;

  private final Console console;

  ScheduleNextCommand(Console console) {
    this.console = console;
  }

  /** A line of JSON. */
  record Line(String gameDay, Instant at, int times, String dropped, List<String> runs) {}

  /** What comes of one game day. */
  private record Shown(Day day, Coming coming) {}

  @Override
  public Integer call() throws InvalidFile, UsageError, IOException {
    Instant now = Clock.system().now();
    Instant end = end(now);
    List<Shown> all = new ArrayList<>();
    for (Day day : ScheduleFiles.load(places)) {
      Coming.of(day.timetable(), now, end, count)
          .forEach(coming -> all.add(new Shown(day, coming)));
    }
    all.sort(Comparator.comparing(shown -> shown.coming().first()));
    all.forEach(shown -> print(shown.day(), shown.coming()));
    if (all.isEmpty()) {
      console.err().line("Nothing comes until %s.".formatted(end));
    }
    return 0;
  }

  private Instant end(Instant now) throws UsageError {
    String text = until;
    if (text == null) {
      return now.plus(YEAR);
    }
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneId.of("UTC")).toInstant();
    } catch (DateTimeException unread) {
      throw new UsageError(
          "--until takes no '%s'".formatted(text),
          "a day or a moment with its offset is expected",
          "write 2026-12-31 or 2026-12-31T12:00:00+01:00");
    }
  }

  private void print(Day day, Coming coming) {
    List<String> runs = day.loaded().spec().runs();
    String dropped = coming.obstacle().map(obstacle -> obstacle.words()).orElse("");
    if (json) {
      console
          .out()
          .line(
              Codec.json()
                  .writeValueAsString(
                      new Line(day.name(), coming.first(), coming.times(), dropped, runs)));
      return;
    }
    String times =
        coming.times() == 1
            ? ""
            : "%s until %s, "
                .formatted(
                    Spell.count(coming.times(), "time"),
                    shown(coming.last(), day.timetable().zone()));
    console
        .out()
        .line(
            Inert.text(
                "%s  %-24s %s"
                    .formatted(
                        shown(coming.first(), day.timetable().zone()),
                        day.name(),
                        dropped.isEmpty()
                            ? String.join(", ", runs)
                            : "dropped: " + times + dropped)));
  }

  private static String shown(Instant moment, ZoneId zone) {
    return SHOWN.format(moment.atZone(zone));
  }
}
