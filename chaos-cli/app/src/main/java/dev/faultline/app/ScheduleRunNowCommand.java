package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.gameday.calendar.Obstacle;
import dev.faultline.gameday.course.Claim;
import dev.faultline.gameday.course.Note;
import dev.faultline.gameday.course.OutOfReach;
import dev.faultline.gameday.daemon.Once;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.daemon.Turn;
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
      "A freeze or a window that is closed stops it, unless told --anyway. Where another",
      "scheduler of the same --store has it on, one with 'concurrency: queue' waits for the end."
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
      return untouched(closed.get(), Outcome.REFUSED);
    }
    RunStore store = Setup.store(console);
    Optional<StoreAddress> address = shared.address(console);
    ScheduleView view = new ScheduleView(console, store.schedule());
    try (Messenger messenger = new Messenger(InstantSource.system(), view::said)) {
      Parts.Teller teller = new GameDayNews(view, messenger);
      return address.isPresent()
          ? run(day, store, address.get(), view, teller)
          : run(
              new Once(
                  day,
                  InstantSource.system(),
                  new ChildRuns(console, store.schedule(), ChildRuns.Orphans.GO_ON),
                  teller));
    } catch (StoreRefused refused) {
      console.error(refused.what(), refused.why(), refused.fix());
      return Outcome.NOT_READY.exitCode();
    }
  }

  private static int run(Once once) throws InterruptedException {
    onSignal(once::stop);
    return once.run();
  }

  private static void onSignal(Runnable stop) {
    Signals.handle("INT", stop);
    Signals.handle("TERM", stop);
    Signals.handle("HUP", stop);
  }

  /** No other scheduler has it on, nor begins it meanwhile. */
  private int run(
      Day day, RunStore store, StoreAddress address, ScheduleView view, Parts.Teller teller)
      throws StoreRefused, UsageError, IOException, InterruptedException {
    ChildRuns runs = new ChildRuns(console, store.schedule(), ChildRuns.Orphans.HALT);
    try (SharedStore tables =
        shared.open(console, address, false, view::said, () -> Halted.here(store))) {
      Parts.Teller kept = new KeptTeller(tables.book(), teller);
      InstantSource clock = InstantSource.system();
      Turn turn = new Turn(day, clock, rules(day, tables), () -> new Once(day, clock, runs, kept));
      tables.begin(turn);
      onSignal(turn::stop);
      return ended(turn.await(view::said));
    } catch (OutOfReach lost) {
      throw new StoreRefused("nothing was touched", String.valueOf(lost.getMessage()), "");
    }
  }

  private Turn.Rules rules(Day day, SharedStore tables) {
    return new Turn.Rules() {
      @Override
      public Optional<String> closed() throws IOException {
        Optional<String> here = ScheduleRunNowCommand.this.closed(day, Clock.system().now());
        return here.isPresent() ? here : tables.haltedNow();
      }

      @Override
      public Claim claim(Note.Begun begun) throws IOException {
        return tables.book().claim(begun, day.imprint());
      }
    };
  }

  private int ended(Turn.Found found) throws InterruptedException {
    return switch (found) {
      case Turn.Found.Mine mine -> mine.once().run();
      case Turn.Found.Stopped _ -> untouched("it was stopped while it waited", Outcome.HALTED);
      case Turn.Found.Closed closed -> untouched(closed.why(), Outcome.REFUSED);
      case Turn.Found.Busy busy -> untouched(busy.why(), Outcome.NOT_READY);
      case Turn.Found.Refused refused -> untouched(refused.why(), Outcome.NOT_READY);
    };
  }

  private int untouched(String why, Outcome outcome) {
    console.error("nothing was touched", why, "");
    return outcome.exitCode();
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
