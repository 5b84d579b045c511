package dev.faultline.engine.run;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.journal.Lever;
import dev.faultline.engine.journal.RunFolder;
import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.planning.Planner;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Sink;
import dev.faultline.model.plan.Acceptance;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Habitat;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Plans, runs and undoes. One run at a time in an engine; {@link #halt} may be called from any
 * thread.
 */
public final class Engine {

  private static final int LOCK_TRIES = 100;
  private static final Duration LOCK_AGAIN = Duration.ofMillis(20);

  private final Means means;
  private volatile @Nullable RunSession session;
  private volatile @Nullable String halted;

  /**
   * An engine.
   *
   * @param host the machine in words, for reports
   * @param version the version of Faultline, for reports
   */
  public Engine(RunStore store, Habitats habitats, Clock clock, String host, String version) {
    this(
        new Means(
            store,
            habitats,
            clock,
            Courses.EXPERIMENTS,
            Executors::newVirtualThreadPerTaskExecutor,
            host,
            version));
  }

  /** An engine that works with these. */
  public Engine(Means means) {
    this.means = means;
  }

  /** Plans for a user who accepts nothing that is refused otherwise. */
  public Plan plan(LoadedExperiment experiment, long seed) throws Unplannable {
    return plan(experiment, seed, Set.of());
  }

  /**
   * Plans without starting or touching anything. What runs already is read; a lab does not run yet.
   *
   * @param accepted what the user takes upon himself
   * @throws Unplannable when no plan can be made
   */
  public Plan plan(LoadedExperiment experiment, long seed, Set<Acceptance> accepted)
      throws Unplannable {
    try (Habitat habitat =
        means
            .habitats()
            .open(
                experiment.environment(),
                experiment.spec().wiring(experiment.environment()),
                means.store().noRun(),
                experiment.base(),
                _ -> {})) {
      Plan plan = new Planner(habitat).plan(experiment, seed, !habitat.startsWithRun(), accepted);
      return means.rules().require(experiment, plan);
    }
  }

  /**
   * Runs an experiment to its verdict. What dead runs left is undone first. A halt counts from here
   * on.
   *
   * @param sink hears every event as it happens
   * @throws Unplannable when runs are halted, another run holds the environment, a dead run's undo
   *     is not proven, or a rollout is to do without the new version
   * @throws IOException when the run's folder cannot be made
   */
  public Result run(LoadedExperiment experiment, Options options, Sink sink)
      throws Unplannable, IOException {
    halted = null;
    requireNoHalt();
    requireSomethingLeft(experiment, options);
    finishDeadRuns(sink);
    Optional<FileGuard> environment = means.store().lockEnvironment(experiment.environmentName());
    if (environment.isEmpty()) {
      throw new Unplannable(
          Outcome.NOT_READY,
          "another run is on in environment '%s'; wait for its end, or see 'faultline status'"
              .formatted(experiment.environmentName()));
    }
    try (FileGuard _ = environment.get()) {
      RunFolder folder = folder(experiment, options);
      try (FileGuard _ = lock(folder)) {
        return go(new RunSession(experiment, options, folder, means), sink);
      }
    }
  }

  private void requireNoHalt() throws Unplannable, IOException {
    Optional<Lever.Pulled> halt = means.store().lever().pulled();
    if (halt.isPresent()) {
      throw new Unplannable(
          Outcome.REFUSED,
          "%s; 'faultline resume' lets runs begin again".formatted(halt.get().words()));
    }
  }

  private RunFolder folder(LoadedExperiment experiment, Options options)
      throws Unplannable, IOException {
    if (options.id().isEmpty()) {
      return means.store().create(experiment.name(), means.clock().now());
    }
    String id = options.id().get();
    return means
        .store()
        .claim(id)
        .orElseThrow(
            () ->
                new Unplannable(
                    Outcome.REFUSED, "run %s was begun before; no id is run twice".formatted(id)));
  }

  private static void requireSomethingLeft(LoadedExperiment experiment, Options options)
      throws Unplannable {
    if (options.control() && experiment.rollout().isPresent()) {
      throw new Unplannable(
          Outcome.REFUSED,
          "a control run leaves the faults out, and the new version is all that a rollout has; run"
              + " it without --control");
    }
  }

  private Result go(RunSession running, Sink sink) throws IOException {
    session = running;
    try {
      String early = halted;
      if (early != null) {
        running.halt(early);
      }
      return running.go(sink);
    } finally {
      session = null;
    }
  }

  /** Nobody else wants the lock of a new run for longer than it takes to see that it is new. */
  private FileGuard lock(RunFolder folder) throws IOException {
    for (int tries = 0; tries < LOCK_TRIES; tries++) {
      Optional<FileGuard> lock = means.store().lock(folder);
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        means.clock().sleep(LOCK_AGAIN);
      } catch (InterruptedException cut) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before the run began", cut);
      }
    }
    throw new IOException("another process holds the lock of the new run " + folder.path());
  }

  private void finishDeadRuns(Sink sink) throws Unplannable, IOException {
    for (Result undone : undo(Optional.empty(), sink)) {
      if (undone.verdict().outcome() == Outcome.UNDO_NOT_PROVEN) {
        throw new Unplannable(
            Outcome.UNDO_NOT_PROVEN,
            "run %s died and its undo is not proven; see 'faultline undo %s'"
                .formatted(undone.folder().id(), undone.folder().id()));
      }
    }
  }

  /**
   * Finishes the undo of runs that died: of all, or of one. A run that is still on is left alone.
   *
   * @throws IOException when the folder of runs cannot be read
   */
  public List<Result> undo(Optional<RunFolder> only, Sink sink) throws IOException {
    DeadRuns dead = new DeadRuns(means, sink);
    return only.isPresent() ? dead.finish(List.of(only.get())) : dead.finish(means.store().all());
  }

  /** Stops the run that is on, if any: its faults are withdrawn and it ends as halted. */
  public void halt(String words) {
    halted = words;
    RunSession running = session;
    if (running != null) {
      running.halt(words);
    }
  }

  /** Where the journals are. */
  public RunStore store() {
    return means.store();
  }
}
