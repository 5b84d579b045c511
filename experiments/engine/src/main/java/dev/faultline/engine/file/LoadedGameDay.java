package dev.faultline.engine.file;

import dev.faultline.model.document.GameDaySpec;
import java.nio.file.Path;
import java.util.List;

/**
 * A game day whose runs are there.
 *
 * @param name name of the game day
 * @param spec its content
 * @param file its file, as the user named it
 * @param runs the files of its runs, in their order
 * @param calendars the files of its freezes' calendars, in their order
 */
public record LoadedGameDay(
    String name, GameDaySpec spec, String file, List<Path> runs, List<Path> calendars) {

  /** Keeps the lists unchangeable. */
  public LoadedGameDay {
    runs = List.copyOf(runs);
    calendars = List.copyOf(calendars);
  }
}
