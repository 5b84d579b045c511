package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.gameday.calendar.Obstacle;
import dev.faultline.gameday.daemon.Once;
import dev.faultline.gameday.file.Day;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a game day now. */
@Command(
    name = "run-now",
    description = {
      "Runs a game day now, whatever its schedule says, and ends as its weightiest run.",
      "A freeze or a window that is closed stops it, unless told --anyway."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline schedule run-now weekday-mornings examples/game-days",
      "%nCtrl-C withdraws every fault, ends the runs and exits with 6.",
      "%nExit codes:",
      "  those of 'faultline run'; 3 also in a freeze"
    })
final class ScheduleRunNowCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "The game day.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Files of game days, or folders of them.")
  private List<String> places = new ArrayList<>();

  @Option(names = "--anyway", description = "Also in a freeze, or where the window is closed.")
  private boolean anyway;

  private final Console console;

  ScheduleRunNowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InvalidFile, UsageError, IOException, InterruptedException {
    Day day = day();
    Instant now = Clock.system().now();
    Optional<String> closed = closed(day, now);
    if (closed.isPresent()) {
      console.error("nothing was touched", closed.get(), "");
      return Outcome.REFUSED.exitCode();
    }
    RunStore store = Setup.store(console);
    Path logs = store.schedule();
    ScheduleView view = new ScheduleView(console, logs);
    try (Messenger messenger = new Messenger(InstantSource.system(), view::untold)) {
      GameDayNews teller = new GameDayNews(view, messenger);
      Once once = new Once(day, InstantSource.system(), new ChildRuns(console, logs), teller);
      Signals.handle("INT", once::stop);
      Signals.handle("TERM", once::stop);
      Signals.handle("HUP", once::stop);
      return once.run();
    }
  }

  private Optional<String> closed(Day day, Instant now) throws IOException {
    Optional<String> halted =
        Setup.store(console)
            .lever()
            .pulled()
            .map(halt -> halt.words() + "; 'faultline resume' lets runs begin again");
    return halted.or(
        () ->
            anyway
                ? Optional.empty()
                : day.timetable()
                    .obstacle(now)
                    .map(Obstacle::words)
                    .map(words -> "now is %s; --anyway runs all the same".formatted(words)));
  }

  private Day day() throws InvalidFile, UsageError, IOException {
    List<Day> days = ScheduleFiles.load(places);
    Optional<Day> meant = days.stream().filter(day -> day.name().equals(name)).findFirst();
    if (meant.isPresent()) {
      return meant.get();
    }
    throw new UsageError(
        Words.unknown("game day", name, days.stream().map(Day::name).toList()),
        "none of these files has it",
        "");
  }
}
