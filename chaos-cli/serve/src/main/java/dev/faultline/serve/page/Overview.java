package dev.faultline.serve.page;

import dev.faultline.serve.days.Diary;
import dev.faultline.serve.runs.Brief;
import dev.faultline.serve.runs.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is on, what comes, what was last. */
public final class Overview {

  private static final int NEXT = 5;
  private static final int LAST = 10;

  private Overview() {}

  /** The page. */
  public static Screen of(Catalogue runs, Diary.Entries diary) {
    return new Screen(
        "overview",
        "Now",
        List.of("now", "coming", "last"),
        said(runs),
        Map.of(
            "halt", runs.halted(),
            "on", runs.on(),
            "leftOpen", runs.leftOpen(),
            "unread", runs.unread(),
            "trouble", runs.trouble(),
            "diary", diary,
            "coming", diary.next(NEXT),
            "lastRuns", runs.last(LAST)));
  }

  private static String said(Catalogue runs) {
    long open = runs.on().stream().mapToLong(run -> run.open().size()).sum();
    String on =
        runs.on().isEmpty()
            ? "No run is on"
            : "On: "
                + String.join(
                    ", ",
                    runs.on().stream()
                        .map(run -> "%s, %s".formatted(run.title(), run.word()))
                        .toList());
    Optional<String> left = runs.leftOpen().stream().map(Brief::run).findFirst();
    return "%s. %s%s%s"
        .formatted(
            on,
            open == 0 ? "No fault is in force." : open + " steps of faults are in force.",
            left.map(run -> " Of run %s something may still be in force.".formatted(run))
                .orElse(""),
            runs.halted().map(_ -> " The halt lever is pulled.").orElse(""));
  }
}
