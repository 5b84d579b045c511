package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.gameday.calendar.Obstacle;
import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.daemon.Hearer;
import dev.faultline.gameday.daemon.Once;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.file.Day;
import dev.faultline.gameday.shared.SharedStore;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreRefused;
import dev.faultline.judge.Outcome;
import dev.faultline.model.codec.Words;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  those of 'faultline run'; 3 also in a freeze, 5 also where it is on at another scheduler"
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

  @Mixin private StoreOptions shared = new StoreOptions();

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
    Optional<StoreAddress> address = shared.address(console);
    ScheduleView view = new ScheduleView(console, store.schedule());
    try (Messenger messenger = new Messenger(InstantSource.system(), view::said)) {
      Parts.Teller teller = new GameDayNews(view, messenger);
      return address.isPresent()
          ? run(day, store, address.get(), view, teller)
          : run(once(day, store, teller, ChildRuns.Orphans.GO_ON));
    } catch (StoreRefused refused) {
      console.error(refused.what(), refused.why(), refused.fix());
      return Outcome.NOT_READY.exitCode();
    }
  }

  private Once once(Day day, RunStore store, Parts.Teller teller, ChildRuns.Orphans orphans)
      throws IOException {
    ChildRuns runs = new ChildRuns(console, store.schedule(), orphans);
    return new Once(day, InstantSource.system(), runs, teller);
  }

  private static int run(Once once) throws InterruptedException {
    Signals.handle("INT", once::stop);
    Signals.handle("TERM", once::stop);
    Signals.handle("HUP", once::stop);
    return once.run();
  }

  /** No other scheduler has it on, nor begins it meanwhile. */
  private int run(
      Day day, RunStore store, StoreAddress address, ScheduleView view, Parts.Teller teller)
      throws StoreRefused, UsageError, IOException, InterruptedException {
    try (SharedStore tables =
        shared.open(console, address, false, view::said, () -> Halted.here(store))) {
      Once once = once(day, store, new KeptTeller(tables.book(), teller), ChildRuns.Orphans.HALT);
      tables.begin(stopping(once));
      Optional<String> halted = tables.haltedNow();
      Optional<String> on =
          halted.isPresent() ? halted : tables.book().claim(once.begun(), day.imprint());
      if (on.isEmpty()) {
        return run(once);
      }
      console.error("nothing was touched", on.get(), "");
      return (halted.isPresent() ? Outcome.REFUSED : Outcome.NOT_READY).exitCode();
    } catch (OutOfReach lost) {
      throw new StoreRefused("nothing was touched", String.valueOf(lost.getMessage()), "");
    }
  }

  /** Nothing is looked after but what is begun here. */
  private static Hearer stopping(Once once) {
    return new Hearer() {
      @Override
      public void look() {}

      @Override
      public void orphaned(Book.Orphan orphan) {}

      @Override
      public void disowned() {
        once.stop();
      }
    };
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
