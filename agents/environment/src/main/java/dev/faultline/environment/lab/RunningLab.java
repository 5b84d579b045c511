package dev.faultline.environment.lab;

import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.environment.hands.Links;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.lives.Lives;
import dev.faultline.environment.lives.Seconds;
import dev.faultline.environment.lives.Shelf;
import dev.faultline.environment.lives.Tools;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.node.relay.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One start of a lab, and what came of it. Used once; {@link #end} leaves nothing of it. */
final class RunningLab {

  private static final String SOURCE = "lab";
  private static final String CLOSED = "the lab was closed while it was starting";

  private final Blueprint blueprint;
  private final Optional<Scraping> scraping;
  private final Path cache;
  private final Consumer<Sighting> sightings;
  private final Lives lives = new Lives();
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Supervisor> supervisors = new ConcurrentHashMap<>();
  private final Map<String, StartedDatabase> databases = new TreeMap<>();
  private final LinkRelays links;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();

  /**
   * Nothing is started yet.
   *
   * @param scraping how the lab is measured, if it is
   * @param cache where programs are kept that are costly to come by
   */
  RunningLab(
      Blueprint blueprint, Optional<Scraping> scraping, Path cache, Consumer<Sighting> sightings) {
    this.blueprint = blueprint;
    this.scraping = scraping;
    this.cache = cache;
    this.sightings = sightings;
    blueprint
        .databases()
        .forEach((name, plan) -> databases.put(name, plan.build(cache, lives, sightings)));
    this.links = new LinkRelays(this::replications);
  }

  /**
   * Starts everything, and waits until it is ready and measured.
   *
   * @throws NotReady when anything fails; the rest is still there
   */
  void start() throws NotReady, InterruptedException {
    try {
      Folders.remove(blueprint.folder());
      Folders.createPrivate(blueprint.folder());
      links.open(blueprint.detours(), blueprint.ports());
      Map<String, CompletableFuture<Void>> begun = new ConcurrentHashMap<>();
      databases.forEach((name, database) -> begun.put(name, task(database::start)));
      for (Launch launch : blueprint.launches().values()) {
        begun.put(launch.name(), beginAfter(launch, begun));
      }
      scraping.ifPresent(measured -> begun.put(Scraping.NAME, begin(measured)));
      for (CompletableFuture<Void> process : begun.values()) {
        CompletableFuture.anyOf(process, failed).get();
      }
      if (scraping.isPresent() && !blueprint.metrics().isEmpty()) {
        CompletableFuture.anyOf(task(() -> measure(scraping.get())), failed).get();
      }
      watch();
    } catch (ExecutionException failure) {
      throw asNotReady(failure);
    } catch (RejectedExecutionException ended) {
      throw new NotReady(CLOSED, ended);
    } catch (IOException failure) {
      throw new NotReady(
          "the lab cannot have its folder or a relay: %s".formatted(failure.getMessage()), failure);
    }
  }

  /** What stands behind a name now; empty when it was never started. */
  Optional<ProcessInstance> instance(String name) {
    return Optional.ofNullable(supervisors.get(name))
        .map(Supervisor::instance)
        .or(
            () ->
                databases.values().stream()
                    .flatMap(database -> database.process(name).stream())
                    .findFirst());
  }

  /** Who keeps a process alive; empty when it was never started, or is none of the file's. */
  Optional<Supervisor> supervisor(String name) {
    return Optional.ofNullable(supervisors.get(name));
  }

  /** What can be disturbed between its parts. */
  Links links() {
    return links;
  }

  /** The relays between the nodes of a database, where the link is one. */
  private List<Relay> replications(String link) {
    return databases.values().stream()
        .filter(
            database ->
                link.equals(
                    new LabLink(database.name(), database.name(), Optional.empty(), false).name()))
        .flatMap(database -> database.replication().stream())
        .toList();
  }

  /** The database of that name, as far as it has started. */
  Optional<StartedDatabase> database(String name) {
    return Optional.ofNullable(databases.get(name));
  }

  /** Whether another program got a port that was chosen for this lab; to be asked after the end. */
  boolean lostPort() {
    return blueprint.ports().isChosenOneTaken();
  }

  /** Ends everything, whether it has started or is just starting. May be called twice. */
  void end() throws InterruptedException {
    lives.announceEnd();
    failed.completeExceptionally(new NotReady(CLOSED));
    databases.values().forEach(StartedDatabase::announceEnd);
    lives.end();
    for (StartedDatabase database : databases.values()) {
      database.end();
    }
    links.close();
    tasks.shutdownNow();
    boolean ended = tasks.awaitTermination(5, TimeUnit.SECONDS);
    keepLogs();
    try {
      FakeTime.sweep(blueprint.folder());
      Folders.remove(blueprint.folder());
    } catch (IOException failure) {
      tell(
          Kind.NOTE,
          "what the lab left could not be removed%s: %s"
              .formatted(ended ? "" : " in time", failure.getMessage()));
    }
  }

  private void keepLogs() {
    try {
      blueprint.logs().keep();
    } catch (IOException | UncheckedIOException failure) {
      tell(Kind.NOTE, "what its processes printed could not be kept: " + failure.getMessage());
    }
  }

  private CompletableFuture<Void> beginAfter(
      Launch launch, Map<String, CompletableFuture<Void>> begun) {
    // A blueprint names each process after all that it needs.
    List<CompletableFuture<Void>> before =
        launch.needs().stream().flatMap(name -> Stream.ofNullable(begun.get(name))).toList();
    return task(
        () -> {
          for (CompletableFuture<Void> need : before) {
            need.get();
          }
          supervise(withProgram(launch)).begin();
        });
  }

  private Launch withProgram(Launch launch) throws NotReady, InterruptedException {
    if (launch.debian().isEmpty()) {
      return launch;
    }
    Shelf shelf =
        new Shelf(
            cache.toAbsolutePath(),
            new Tools(lives, blueprint.folder()),
            words -> tell(Kind.PROGRESS, words));
    String debian = launch.debian().get();
    try {
      return launch.with(PackagedProgram.of(launch.spec(), debian, shelf).in(launch.spec()));
    } catch (NotReady absent) {
      throw new NotReady(
          "%s cannot be started: %s".formatted(launch.name(), absent.getMessage()), absent);
    }
  }

  private CompletableFuture<Void> begin(Scraping measured) {
    return task(
        () -> {
          PrometheusProgram program =
              new PrometheusProgram(
                  "prometheus",
                  PrometheusProgram.sourcesOfThisMachine(),
                  cache.resolve("prometheus"),
                  new Tools(lives, blueprint.folder()),
                  words -> tell(Kind.PROGRESS, words));
          supervise(measured.launch(program.find())).begin();
        });
  }

  private void measure(Scraping measured) throws NotReady, IOException, InterruptedException {
    long began = System.nanoTime();
    measured.publish(blueprint.metrics());
    try {
      measured.awaitScrapes(blueprint.metrics());
    } catch (NotReady failure) {
      // A process that ended meanwhile is the better reason.
      watched();
      throw failure;
    }
    tell(
        Kind.PROGRESS,
        "metrics of %d processes read in %s"
            .formatted(blueprint.metrics().size(), Seconds.since(began)));
  }

  private void watch() throws NotReady {
    for (StartedDatabase database : databases.values()) {
      database.watch();
    }
    for (Supervisor supervisor : watched()) {
      tasks.execute(
          () -> {
            try {
              supervisor.watch();
            } catch (InterruptedException | RejectedExecutionException over) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  /** Those who have something to watch; refuses what is no longer there. */
  private List<Supervisor> watched() throws NotReady {
    List<Supervisor> watched = new ArrayList<>();
    for (Supervisor supervisor : supervisors.values()) {
      if (supervisor.isToBeWatched()) {
        watched.add(supervisor);
      }
    }
    return watched;
  }

  private Supervisor supervise(Launch launch) {
    Supervisor supervisor = new Supervisor(launch, lives, tasks, sightings);
    supervisors.put(launch.name(), supervisor);
    return supervisor;
  }

  /** Something that takes time and can fail. */
  private interface Work {
    void run() throws Exception;
  }

  private CompletableFuture<Void> task(Work work) {
    return CompletableFuture.runAsync(
            () -> {
              try {
                work.run();
              } catch (Exception failure) {
                throw new CompletionException(failure);
              }
            },
            tasks)
        .whenComplete(
            (done, failure) -> {
              // The first failure is the one to tell; others follow from it or from the end.
              if (failure != null) {
                failed.completeExceptionally(
                    Optional.ofNullable(failure.getCause()).orElse(failure));
              }
            });
  }

  private static NotReady asNotReady(ExecutionException failure) {
    return failure.getCause() instanceof NotReady notReady
        ? notReady
        : new NotReady("the lab could not be started: " + failure.getCause(), failure);
  }

  private void tell(Kind kind, String words) {
    sightings.accept(new Sighting(kind, SOURCE, words));
  }
}
