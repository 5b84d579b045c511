package dev.faultline.engine.file;

import dev.faultline.model.document.GameDay;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds game days in files, and the runs and calendars that they name. Thread-safe. */
public final class GameDayFiles {

  private final Loader loader;
  private final ExperimentFiles experiments;

  /** Reads with a loader that others use too. */
  public GameDayFiles(Loader loader) {
    this.loader = loader;
    this.experiments = new ExperimentFiles(loader);
  }

  /**
   * Reads the game days of a file; none where it holds other documents only.
   *
   * @throws InvalidFile when it is refused, or a file that it names is
   */
  public List<LoadedGameDay> load(String file) throws InvalidFile {
    List<LoadedGameDay> days = new ArrayList<>();
    for (Placed placed : loader.read(ExperimentFiles.path(file), file)) {
      if (placed.document() instanceof GameDay day) {
        days.add(
            new LoadedGameDay(
                placed.name(), day.spec(), file, runs(day, placed), calendars(day, placed)));
      }
    }
    return days;
  }

  private List<Path> runs(GameDay day, Placed placed) throws InvalidFile {
    List<Path> runs = new ArrayList<>();
    for (int i = 0; i < day.spec().runs().size(); i++) {
      List<String> at = List.of("spec", "runs", String.valueOf(i));
      Path run = placed.file(day.spec().runs().get(i), at);
      int held = experiments.load(run.toString(), Optional.empty()).size();
      if (held != 1) {
        throw placed.refuse(
            at,
            held == 0
                ? "there is no experiment and no rollout in this file"
                : "%d experiments are in this file; give each a file of its own".formatted(held));
      }
      runs.add(run);
    }
    return runs;
  }

  private static List<Path> calendars(GameDay day, Placed placed) throws InvalidFile {
    List<Path> calendars = new ArrayList<>();
    for (int i = 0; i < day.spec().freeze().size(); i++) {
      Optional<String> calendar = day.spec().freeze().get(i).calendar();
      if (calendar.isPresent()) {
        List<String> at = List.of("spec", "freeze", String.valueOf(i), "calendar");
        calendars.add(placed.file(calendar.get(), at));
      }
    }
    return calendars;
  }
}
