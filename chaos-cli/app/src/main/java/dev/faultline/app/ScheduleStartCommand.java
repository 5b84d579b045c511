package dev.faultline.app;

import dev.faultline.engine.file.Loader;
import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.gameday.course.Notebook;
import dev.faultline.gameday.daemon.AlarmFile;
import dev.faultline.gameday.daemon.Daemon;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.daemon.Post;
import dev.faultline.gameday.daemon.QuartzAlarms;
import dev.faultline.gameday.daemon.WatchedFolder;
import dev.faultline.gameday.file.Days;
import dev.faultline.gameday.shared.SharedStore;
import dev.faultline.gameday.shared.StoreAddress;
import dev.faultline.gameday.shared.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs game days when they are due, until it is stopped. */
@Command(
    name = "start",
    description = {
      "Runs the game days of a folder when they are due, until it is stopped. Who starts",
      "it agrees to their runs: nobody is asked when one begins. Changes of the files take",
      "effect at once."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "%nExample:",
      "  faultline schedule start examples/game-days",
      "  faultline schedule start days --store jdbc:postgresql://db.example/ops?user=faultline",
      "%nCtrl-C and SIGTERM let it end: what is on is withdrawn, or goes on to its end. The",
      "second one leaves at once; what is on goes on, and is looked after by the next start.",
      "%nExit codes:",
      "  0 stopped   2 no such folder   5 another one is on, no store   7 UNDO NOT PROVEN of a run"
    })
final class ScheduleStartCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What becomes of what is on. */
  enum OnStop {
    UNDO,
    FINISH
  }

  @Parameters(paramLabel = "DIR", description = "The folder of game days.")
  private Path folder = Path.of(".");

  @Option(
      names = "--on-stop",
      paramLabel = "undo|finish",
      description = {
        "Whether runs that are on withdraw their faults when this is stopped, or go on",
        "to their end. Default: undo."
      })
  private OnStop onStop = OnStop.UNDO;

  @Mixin private StoreOptions shared = new StoreOptions();

  private final Console console;

  ScheduleStartCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageError, IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      throw new UsageError(
          "%s is no folder".formatted(folder),
          "game days are followed in a folder, to see files come and go",
          "put the file in a folder of its own");
    }
    RunStore store = Setup.store(console);
    Optional<FileGuard> only = store.lockSchedule();
    if (only.isEmpty()) {
      console.error(
          "another 'faultline schedule start' is on",
          "one begins the runs of a user, so that none is begun twice",
          "put the game days into its folder, or stop it");
      return 5;
    }
    Optional<StoreAddress> address = shared.address(console);
    ScheduleView view = new ScheduleView(console, store.schedule());
    try (FileGuard _ = only.get();
        Messenger messenger = new Messenger(InstantSource.system(), view::said)) {
      Parts.Teller teller = new GameDayNews(view, messenger);
      return address.isPresent()
          ? followShared(store, address.get(), view, teller)
          : follow(store, teller);
    } catch (StoreRefused refused) {
      console.error(refused.what(), refused.why(), refused.fix());
      return 5;
    }
  }

  private int follow(RunStore store, Parts.Teller teller) throws IOException, InterruptedException {
    Post post = stoppable();
    try (Notebook notebook = Notebook.open(store.schedule().resolve("journal.jsonl"));
        QuartzAlarms alarms = AlarmFile.open(store.schedule(), post::wake)) {
      Parts parts =
          new Parts(
              InstantSource.system(),
              notebook,
              new ChildRuns(console, store.schedule(), ChildRuns.Orphans.GO_ON),
              () -> Halted.here(store),
              teller);
      return follow(new Daemon(parts, alarms, post));
    }
  }

  private int followShared(
      RunStore store, StoreAddress address, ScheduleView view, Parts.Teller teller)
      throws IOException, InterruptedException, UsageError, StoreRefused {
    Post post = stoppable();
    try (SharedStore tables =
            shared.open(console, address, true, view::said, () -> Halted.here(store));
        SharedStore.Shared alarms = tables.alarms(post::wake)) {
      Parts parts =
          new Parts(
              InstantSource.system(),
              tables.book(),
              new ChildRuns(console, store.schedule(), ChildRuns.Orphans.HALT),
              () -> Halted.here(store).or(tables::haltedElsewhere),
              teller);
      tables.begin(post);
      console.err().line("Sharing them with other schedulers by %s.".formatted(address.shown()));
      return follow(new Daemon(parts, alarms, post));
    }
  }

  private int follow(Daemon daemon) throws IOException, InterruptedException {
    console.err().line("Following the game days of %s.".formatted(folder));
    return daemon.run(new WatchedFolder(folder, new Days(new Loader())), LOOK);
  }

  private Post stoppable() {
    Post post = new Post();
    AtomicInteger times = new AtomicInteger();
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      Signals.handle(signal, () -> stop(post, times));
    }
    return post;
  }

  private void stop(Post post, AtomicInteger times) {
    if (times.incrementAndGet() > 1) {
      console.err().line("Leaving at once; what is on goes on.");
      Runtime.getRuntime().halt(143);
    }
    console.err().line("Stopping; once more leaves at once.");
    post.stop(onStop == OnStop.UNDO);
  }
}
