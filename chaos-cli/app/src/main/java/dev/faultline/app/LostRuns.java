package dev.faultline.app;

import dev.faultline.engine.file.InvalidFile;
import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Clock;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.PlanRules;
import dev.faultline.engine.run.Result;
import dev.faultline.environment.kubernetes.ClusterUndo;
import dev.faultline.environment.kubernetes.Remain;
import dev.faultline.environment.kubernetes.Remain.State;
import dev.faultline.gameday.course.Book.Origin;
import dev.faultline.gameday.daemon.Runner.End;
import dev.faultline.gameday.daemon.Runner.Lost;
import dev.faultline.judge.Outcome;
import dev.faultline.model.environment.Kubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks after runs that were begun before this process was, or by a scheduler that died: by their
 * journals where those can be read here, by what a cluster carries otherwise.
 */
record LostRuns(Console console) {

  private static final Duration LOOK = Duration.ofMillis(200);

  /** Between its folder and its first event, a run takes its lock. */
  private static final int LOOKS_AT_A_BEGINNING = 25;

  /** A dead run is told from one that is on when its lease in the cluster has ended. */
  private static final Duration LONGEST_LEASE = Duration.ofMinutes(2);

  /** Waits for its end, or finishes its undo. */
  End lookAfter(Lost lost) {
    if (!lost.run().matches("[a-z0-9][a-z0-9-]{0,62}")) {
      return new End(Outcome.UNDO_NOT_PROVEN.exitCode(), "no run has that id");
    }
    try {
      if (lost.origin().isEmpty()) {
        return byJournal(Setup.store(console), lost.run());
      }
      Origin origin = lost.origin().get();
      return isReachable(origin)
          ? byJournal(new RunStore(Path.of(origin.state())), lost.run())
          : fromAfar(lost, origin);
    } catch (IOException | UsageError unproven) {
      return new End(Outcome.UNDO_NOT_PROVEN.exitCode(), String.valueOf(unproven.getMessage()));
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
      return new End(Outcome.UNDO_NOT_PROVEN.exitCode(), "interrupted");
    }
  }

  /** Whether that folder is here, is the one that is meant, and may be written to. */
  private static boolean isReachable(Origin origin) {
    try {
      Path schedule = Path.of(origin.state(), "schedule");
      return Files.isWritable(schedule)
          && Files.readString(StoreOptions.markOf(schedule)).strip().equals(origin.mark());
    } catch (IOException | InvalidPathException elsewhere) {
      return false;
    }
  }

  private End byJournal(RunStore store, String run)
      throws IOException, UsageError, InterruptedException {
    if (store.claim(run).isPresent()) {
      return new End(Outcome.HALTED.exitCode(), "it had not begun");
    }
    Engine engine = Setup.engine(console, store, PlanRules.NONE);
    RunFolder folder = Setup.run(store, run);
    awaitEnd(store, folder);
    Optional<Outcome> outcome = Recorded.outcome(folder);
    if (outcome.isPresent()) {
      return new End(outcome.get().exitCode(), "it ended by itself");
    }
    for (Result dead : new Leftovers(console, engine).finish(Optional.of(folder))) {
      return new End(dead.verdict().outcome().exitCode(), "it had died, and was undone");
    }
    return new End(Outcome.HALTED.exitCode(), "it died before it began");
  }

  private static void awaitEnd(RunStore store, RunFolder folder)
      throws IOException, InterruptedException {
    for (int looks = 0;
        store.isHeld(folder) || (looks < LOOKS_AT_A_BEGINNING && folder.read().entries().isEmpty());
        looks++) {
      Clock.system().sleep(LOOK);
    }
  }

  /** Its journal is on another machine. */
  private End fromAfar(Lost lost, Origin origin) throws InterruptedException {
    String who = "its scheduler on %s died".formatted(origin.host());
    Optional<ClusterUndo> cluster = lost.file().flatMap(LostRuns::cluster);
    if (cluster.isEmpty()) {
      return new End(
          Outcome.HALTED.exitCode(),
          who + "; its faults end by their own leases, and the next start there finishes the undo");
    }
    List<Remain> remains = undo(cluster.get(), lost.run());
    boolean left =
        remains.stream()
            .anyMatch(remain -> remain.state() == State.LEFT || remain.state() == State.ALIVE);
    if (left) {
      return new End(
          Outcome.UNDO_NOT_PROVEN.exitCode(),
          who + "; see 'faultline undo --cluster' for what is left in the cluster");
    }
    return new End(
        Outcome.HALTED.exitCode(),
        who + "; what it left in the cluster (%d) was undone".formatted(remains.size()));
  }

  private static List<Remain> undo(ClusterUndo hands, String run) throws InterruptedException {
    Duration waited = Duration.ZERO;
    List<Remain> remains = hands.undo(Optional.of(run), Set.of());
    while (remains.stream().anyMatch(remain -> remain.state() == State.ALIVE)
        && waited.compareTo(LONGEST_LEASE) < 0) {
      Duration pause = Duration.ofSeconds(2);
      Clock.system().sleep(pause);
      waited = waited.plus(pause);
      remains = hands.undo(Optional.of(run), Set.of());
    }
    return remains;
  }

  private static Optional<ClusterUndo> cluster(Path file) {
    try {
      for (LoadedExperiment each :
          ExperimentOptions.load(List.of(file.toString()), Optional.empty())) {
        if (each.environment().place() instanceof Kubernetes place) {
          return Optional.of(new ClusterUndo(place, each.base()));
        }
      }
      return Optional.empty();
    } catch (InvalidFile | UsageError changed) {
      return Optional.empty();
    }
  }
}
