package dev.faultline.gameday.daemon;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/** Ids of runs, which follow from the occasion: no occasion has its runs twice. */
public final class RunIds {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** The mark of a run has room for 64 letters. */
  private static final int LONGEST = 42;

  private RunIds() {}

  /** The ids of as many runs. */
  public static List<String> of(String gameDay, Instant planned, int runs) {
    String name = gameDay.length() > LONGEST ? gameDay.substring(0, LONGEST) : gameDay;
    return IntStream.rangeClosed(1, runs)
        .mapToObj(number -> "%s-%s-%d".formatted(STAMP.format(planned), name, number))
        .toList();
  }
}
