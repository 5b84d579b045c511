package dev.faultline.app;

import dev.faultline.engine.file.Loader;
import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Lever;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.environment.notice.Messenger;
import dev.faultline.gameday.course.Notebook;
import dev.faultline.gameday.daemon.Daemon;
import dev.faultline.gameday.daemon.Parts;
import dev.faultline.gameday.daemon.Post;
import dev.faultline.gameday.daemon.QuartzAlarms;
import dev.faultline.gameday.daemon.WatchedFolder;
import dev.faultline.gameday.file.Days;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
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
      "%nCtrl-C and SIGTERM let it end: what is on is withdrawn, or goes on to its end. The",
      "second one leaves at once; what is on goes on, and is looked after by the next start.",
      "%nExit codes:",
      "  0 stopped   2 no such folder   5 another one is on   7 UNDO NOT PROVEN of a run"
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
    try (FileGuard _ = only.get();
        Notebook notebook = Notebook.open(store.schedule().resolve("journal.jsonl"))) {
      return follow(store, notebook);
    }
  }

  private int follow(RunStore store, Notebook notebook) throws IOException, InterruptedException {
    ScheduleView view = new ScheduleView(console, store.schedule());
    try (Messenger messenger = new Messenger(InstantSource.system(), view::untold)) {
      return follow(store, notebook, new GameDayNews(view, messenger));
    }
  }

  private int follow(RunStore store, Notebook notebook, Parts.Teller teller)
      throws IOException, InterruptedException {
    Parts parts =
        new Parts(
            InstantSource.system(),
            notebook,
            new ChildRuns(console, store.schedule()),
            () -> halted(store),
            teller);
    Post post = new Post();
    AtomicInteger times = new AtomicInteger();
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      Signals.handle(signal, () -> stop(post, times));
    }
    try (QuartzAlarms alarms = QuartzAlarms.open(store.schedule(), post::wake)) {
      console.err().line("Following the game days of %s.".formatted(folder));
      return new Daemon(parts, alarms, post)
          .run(new WatchedFolder(folder, new Days(new Loader())), LOOK);
    }
  }

  private void stop(Post post, AtomicInteger times) {
    if (times.incrementAndGet() > 1) {
      console.err().line("Leaving at once; what is on goes on.");
      Runtime.getRuntime().halt(143);
    }
    console.err().line("Stopping; once more leaves at once.");
    post.stop(onStop == OnStop.UNDO);
  }

  private static Optional<String> halted(RunStore store) {
    try {
      return store.lever().pulled().map(Lever.Pulled::words);
    } catch (IOException unreadable) {
      return Optional.of("whether runs are halted cannot be read: " + unreadable.getMessage());
    }
  }
}
