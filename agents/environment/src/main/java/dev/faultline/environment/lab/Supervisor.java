package dev.faultline.environment.lab;

import dev.faultline.environment.lives.ExitWords;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Log;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.model.world.ClockReading;
import dev.faultline.model.world.ClockShift;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.node.ChildSpec;
import dev.faultline.node.ChildStartException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Keeps one process of a lab alive.
 *
 * <ol>
 *   <li>{@link #begin} gives it its first life; one that ends before it is healthy is a failure,
 *       and is not repeated.
 *   <li>{@link #watch} then notices each end at once, and starts the process again when its rule
 *       says so, with the same ports, which nothing that the ended process left behind may hold.
 *   <li>{@link #startAgain} ends a life so that another follows, with another clock.
 *   <li>{@link Lives#end} ends all of that.
 * </ol>
 *
 * <p>A process that is merely frozen has not ended: it is left as it is. Thread-safe.
 */
final class Supervisor {

  private static final String SOURCE = "supervisor";
  private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(15);

  private final Launch launch;
  private final Lives lives;
  private final Executor tasks;
  private final Consumer<Sighting> sightings;
  private volatile Optional<Life> current = Optional.empty();
  private volatile Optional<FakeTime> clock = Optional.empty();

  /**
   * Nothing is started yet.
   *
   * @param tasks runs what watches over the health of a new life
   */
  Supervisor(Launch launch, Lives lives, Executor tasks, Consumer<Sighting> sightings) {
    this.launch = launch;
    this.lives = lives;
    this.tasks = tasks;
    this.sightings = sightings;
  }

  /**
   * Starts the process and waits until it is healthy.
   *
   * @throws NotReady when it cannot be started, ends, or does not become healthy in time
   */
  void begin() throws NotReady, InterruptedException {
    long began = System.nanoTime();
    try {
      Life life = startLife();
      switch (life.awaitHealth()) {
        case Life.Health.Good good ->
            tell(Kind.PROGRESS, "%s ready in %s".formatted(launch.name(), Seconds.since(began)));
        case Life.Health.Ended ended -> requireDone(ended.exitValue());
        case Life.Health.Missing missing -> throw notHealthy(missing.complaint());
      }
    } catch (ChildStartException failure) {
      throw new NotReady(
          "%s cannot be started: %s".formatted(launch.name(), failure.getMessage()), failure);
    }
  }

  /**
   * Whether there is something to watch: not when the process has done its work.
   *
   * @throws NotReady when the process was ready and is no longer there
   */
  boolean isToBeWatched() throws NotReady {
    Optional<Integer> exit = current.flatMap(Life::exitValue);
    if (exit.isPresent()) {
      requireDone(exit.get());
    }
    return exit.isEmpty();
  }

  /** Notices each end and acts on it, until {@link Lives#end}, or an end that nothing follows. */
  void watch() throws InterruptedException {
    int unhealthyLives = 0;
    while (current.isPresent()) {
      Life life = current.get();
      int exit = life.awaitEnd();
      long noticed = System.nanoTime();
      if (lives.areOver()) {
        return;
      }
      boolean replaced = life.isReplaced();
      tell(
          replaced ? Kind.NOTE : Kind.DETECTED,
          "%s ended (%s)%s"
              .formatted(launch.name(), ExitWords.of(exit), replaced ? ", as it had to" : ""));
      if (!replaced && !launch.restart().always()) {
        return;
      }
      unhealthyLives = replaced || life.wasHealthy() ? 0 : unhealthyLives + 1;
      lives.clearAfter(life.child());
      sweep();
      restart(unhealthyLives, noticed, replaced);
    }
  }

  /**
   * Starts the process again with this clock, which each later start has too, and waits until it is
   * healthy or has had its time for that. Does nothing where it has this clock, or has ended for
   * good.
   *
   * @return what was done, in words
   * @throws IOException when it is not started again in time
   */
  String startAgain(Optional<FakeTime> wanted) throws IOException, InterruptedException {
    clock = wanted;
    Optional<Life> before = current;
    if (before.isEmpty() || (before.get().exitValue().isPresent() && !launch.restart().always())) {
      return "%s has ended, and is not started again".formatted(launch.name());
    }
    Life life = before.get();
    if (life.exitValue().isEmpty() && life.clock().equals(wanted)) {
      return "%s has that clock already".formatted(launch.name());
    }
    life.replace();
    if (!life.awaitFollowed(FOLLOWED_WITHIN)) {
      throw new IOException("%s was not started again".formatted(launch.name()));
    }
    Life next = current.orElse(life);
    boolean healthy = next.awaitHealth() instanceof Life.Health.Good;
    return "%s was started again%s"
        .formatted(launch.name(), healthy ? "" : ", and is not healthy yet");
  }

  /**
   * The clock of its present life.
   *
   * @throws IOException when it is not shown to us
   */
  ClockReading clock() throws IOException {
    Optional<Life> life = current;
    if (life.isEmpty() || life.get().state() == ProcessState.GONE) {
      return ClockReading.GONE;
    }
    try {
      return reading(FakeTime.seenIn(life.get().child().identity().pid()));
    } catch (IOException hidden) {
      if (life.get().state() == ProcessState.GONE) {
        return ClockReading.GONE;
      }
      throw hidden;
    }
  }

  private ClockReading reading(ClockShift set) {
    Optional<HealthCheck.Reply> reply = launch.check().map(HealthCheck::ask);
    Instant now = Instant.now();
    return new ClockReading(
        true,
        reply.flatMap(HealthCheck.Reply::complaint).isEmpty(),
        set,
        reply
            .flatMap(HealthCheck.Reply::date)
            // A date is cut down to its second.
            .map(date -> new ClockShift(Duration.between(now, date.plusMillis(500)).toSeconds())));
  }

  /** Removes what lives with another clock have left. */
  private void sweep() {
    try {
      FakeTime.sweep(launch.folder());
    } catch (IOException kept) {
      tell(
          Kind.NOTE,
          "what the clock of %s left cannot be removed: %s"
              .formatted(launch.name(), kept.getMessage()));
    }
  }

  /** What stands behind the name now. */
  ProcessInstance instance() {
    Optional<Life> life = current;
    ProcessState state = life.map(Life::state).orElse(ProcessState.GONE);
    return new ProcessInstance(
        launch.name(),
        ownerOf(launch.name()),
        life.filter(alive -> state != ProcessState.GONE)
            .map(alive -> new ProcessRef(launch.name(), alive.identity())),
        state,
        launch.restart().words());
  }

  /** What stays the same over all lives of a process. */
  static String ownerOf(String name) {
    return "lab process " + name;
  }

  private void restart(int unhealthyLives, long noticed, boolean replaced)
      throws InterruptedException {
    for (int failures = unhealthyLives; ; failures++) {
      Thread.sleep(replaced && failures == 0 ? Duration.ZERO : launch.restart().pause(failures));
      try {
        Life life = startLife();
        tell(
            replaced ? Kind.NOTE : Kind.MITIGATED,
            "restarting %s%s"
                .formatted(
                    launch.name(),
                    life.clock().map(other -> ", its clock " + other.shift().words()).orElse("")));
        tasks.execute(() -> reportHealth(life, noticed));
        return;
      } catch (ChildStartException failure) {
        tell(
            Kind.NOTE,
            "%s cannot be started again: %s".formatted(launch.name(), failure.getMessage()));
      }
    }
  }

  private void reportHealth(Life life, long noticed) {
    try {
      switch (life.awaitHealth()) {
        case Life.Health.Good good ->
            tell(
                Kind.NOTE,
                "%s healthy again after %s".formatted(launch.name(), Seconds.since(noticed)));
        case Life.Health.Missing missing ->
            tell(
                Kind.NOTE,
                "%s still not healthy after %s: %s"
                    .formatted(launch.name(), Seconds.since(noticed), missing.complaint()));
        case Life.Health.Ended ended -> {
          // Noticed by whoever watches.
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private Life startLife() throws ChildStartException, InterruptedException {
    Optional<FakeTime> with = clock;
    ChildSpec spec =
        with.map(other -> other.in(launch.spec(), launch.folder(), launch.name()))
            .orElseGet(launch::spec);
    Life life = new Life(lives.start(spec), launch.check(), with);
    Optional<Life> before = current;
    current = Optional.of(life);
    before.ifPresent(Life::follow);
    return life;
  }

  /** A process that nobody asks for its health and nobody starts again may end with 0. */
  private void requireDone(int exit) throws NotReady {
    if (exit != 0 || launch.check().isPresent() || launch.restart().always()) {
      throw new NotReady(
          "%s ended (%s) while the lab was starting%s"
              .formatted(launch.name(), ExitWords.of(exit), new Log(launch.log()).quoted()));
    }
  }

  private NotReady notHealthy(String complaint) {
    return new NotReady(
        "%s is not healthy%s: %s; correct 'health', or allow more time with 'within'%s"
            .formatted(
                launch.name(),
                launch
                    .check()
                    .map(
                        check ->
                            " after %s at %s"
                                .formatted(Seconds.words(check.within()), check.address()))
                    .orElse(""),
                complaint,
                new Log(launch.log()).quoted()));
  }

  private void tell(Kind kind, String words) {
    if (!lives.areOver()) {
      sightings.accept(new Sighting(kind, SOURCE, words));
    }
  }
}
