package dev.faultline.environment.lab;

import dev.faultline.environment.database.Databases;
import dev.faultline.environment.database.ManagedDatabase;
import dev.faultline.environment.database.StartedDatabase;
import dev.faultline.environment.hands.Hands;
import dev.faultline.environment.hands.Links;
import dev.faultline.environment.hands.RunPlace;
import dev.faultline.environment.hands.Seams;
import dev.faultline.environment.hands.Texts;
import dev.faultline.environment.lives.Folders;
import dev.faultline.environment.postgres.Remains;
import dev.faultline.model.environment.Lab;
import dev.faultline.model.environment.Lab.LabPrometheus;
import dev.faultline.model.environment.PrometheusEndpoint;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.Facts;
import dev.faultline.model.world.Habitat;
import dev.faultline.model.world.Instance.ProcessInstance;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.Query;
import dev.faultline.model.world.Sighting;
import dev.faultline.model.world.Target;
import dev.faultline.model.world.Wiring;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A system of processes that is started for a run and ends with it.
 *
 * <p>{@link #prepare} starts the processes, as many at once as their needs allow, and a Prometheus
 * of their own where any of them has metrics; it returns when all are healthy and have been scraped
 * twice. From then on a supervisor notices each end of a process, and starts it again on the same
 * ports when the file says so. A frozen process has not ended and is left alone.
 *
 * <p>When this program dies, however it dies, the kernel kills the processes; what they have
 * started themselves is only ended by {@link #close}. A command that is a script should therefore
 * {@code exec} its program.
 *
 * <p>Before {@link #prepare} and after {@link #close} the processes are known by name and are gone.
 * Thread-safe; sightings are told one at a time.
 */
public final class LabHabitat implements Habitat {

  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 3;

  private final Lab lab;
  private final Detours detours;
  private final RunPlace place;
  private final Consumer<Sighting> sightings;
  private final List<ManagedDatabase> databases;
  private final LabInventory inventory;
  private final LabClocks clocks;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Hands hands;
  private volatile Optional<RunningLab> running = Optional.empty();
  private volatile Optional<Standing> standing = Optional.empty();
  private volatile boolean closed;

  /**
   * Describes a lab; starts nothing.
   *
   * @param named databases that run already
   * @param wiring the links that the run wants to disturb
   * @param sightings is told what the lab does and notices, from any thread, one at a time
   */
  public LabHabitat(
      Lab lab,
      List<? extends ManagedDatabase> named,
      Wiring wiring,
      RunPlace place,
      Consumer<Sighting> sightings) {
    this.lab = lab;
    LabLinks links = LabLinks.of(lab, wiring.load());
    this.detours = Detours.of(lab, links, wiring);
    this.place = place;
    ReentrantLock telling = new ReentrantLock();
    this.sightings =
        sighting -> {
          telling.lock();
          try {
            sightings.accept(sighting);
          } finally {
            telling.unlock();
          }
        };
    this.databases = databases(lab, named);
    this.inventory = new LabInventory(lab, links, isMeasured(lab), this::instance);
    this.clocks = new LabClocks(lab, FakeTime.find(), this::supervisor);
    this.hands =
        new Hands(
            place,
            inventory,
            new Databases(place.runId(), databases),
            Optional.empty(),
            new Texts(
                Blueprint.placeholders(place)::expand,
                Blueprint.placeholders(place)::expand,
                variables(place)),
            new Seams(Links.NONE, clocks));
  }

  @Override
  public boolean startsWithRun() {
    return true;
  }

  @Override
  public void prepare() throws NotReady {
    for (int attempt = 1; !startedWithPorts(attempt == ATTEMPTS); attempt++) {
      sightings.accept(
          new Sighting(
              Sighting.Kind.PROGRESS,
              "lab",
              "another program took a port of the lab; starting over with others"));
    }
  }

  /**
   * Tries to start with newly chosen ports.
   *
   * @param last whether a port that was lost meanwhile is a failure like any other
   * @return false when a port was lost
   */
  private boolean startedWithPorts(boolean last) throws NotReady {
    Blueprint blueprint =
        Blueprint.of(lab, place, Ports.choose(lab, detours, new SecureRandom()), detours);
    Optional<Scraping> scraping = scraping(blueprint);
    RunningLab started = new RunningLab(blueprint, scraping, place.cache(), sightings);
    admit(started);
    try {
      started.start();
      use(blueprint, scraping, started.links());
      return true;
    } catch (NotReady failure) {
      end(started);
      if (last || closed || !started.lostPort()) {
        throw failure;
      }
      return false;
    } catch (InterruptedException interrupted) {
      end(started);
      Thread.currentThread().interrupt();
      throw new NotReady("interrupted while the lab was starting", interrupted);
    }
  }

  @Override
  public Facts facts(Target target) {
    return hands.facts(target);
  }

  @Override
  public Effect apply(Action action) {
    return hands.apply(action);
  }

  @Override
  public Answer ask(Query query) {
    return hands.ask(query);
  }

  @Override
  public void close() {
    changing.lock();
    try {
      closed = true;
    } finally {
      changing.unlock();
    }
    hands.close();
    running.ifPresent(LabHabitat::end);
    running = Optional.empty();
    clocks.close();
    removeLeftovers();
  }

  private static Map<String, String> variables(RunPlace place) {
    return Map.of("FAULTLINE_LAB", Blueprint.folderOf(place).toString());
  }

  /** A lab that died with its run left its folder behind, and its databases more than that. */
  private void removeLeftovers() {
    // Even in a thread that was interrupted, which it stays.
    boolean interrupted = Thread.interrupted();
    try {
      new Remains(Blueprint.folderOf(place)).remove();
      new ProcessLogs(place.folder()).keep();
      FakeTime.sweep(Blueprint.folderOf(place));
      Folders.remove(Blueprint.folderOf(place));
    } catch (InterruptedException again) {
      interrupted = true;
    } catch (IOException kept) {
      sightings.accept(
          new Sighting(
              Sighting.Kind.NOTE,
              "lab",
              "what it left could not be removed: %s".formatted(kept.getMessage())));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<ManagedDatabase> databases(Lab lab, List<? extends ManagedDatabase> named) {
    List<ManagedDatabase> all = new ArrayList<>(named);
    lab.databases()
        .forEach((name, database) -> all.add(new DatabaseOfLab(name, database, started(name))));
    return List.copyOf(all);
  }

  private Supplier<Optional<StartedDatabase>> started(String name) {
    return () -> running.flatMap(lives -> lives.database(name));
  }

  private static boolean isMeasured(Lab lab) {
    return lab.prometheus().isPresent()
        || lab.processes().values().stream().anyMatch(process -> process.metrics().isPresent());
  }

  private Optional<Scraping> scraping(Blueprint blueprint) {
    Duration interval =
        lab.prometheus().flatMap(LabPrometheus::scrapeInterval).orElse(SCRAPE_INTERVAL);
    return isMeasured(lab)
        ? Optional.of(
            new Scraping(
                blueprint.folder(), blueprint.ports().number(Scraping.NAME, "http"), interval))
        : Optional.empty();
  }

  /** Makes a start known to {@link #close}, so that none can slip past it. */
  private void admit(RunningLab started) throws NotReady {
    changing.lock();
    try {
      if (closed) {
        throw new NotReady("the lab is closed");
      }
      running = Optional.of(started);
    } finally {
      changing.unlock();
    }
  }

  private void use(Blueprint blueprint, Optional<Scraping> scraping, Links links) {
    Optional<PrometheusEndpoint> prometheus =
        scraping.map(
            own ->
                PrometheusEndpoint.at(own.url())
                    .every(Optional.of(own.interval()), Optional.of(ANSWERED_WITHIN)));
    Hands before = hands;
    hands =
        new Hands(
            place,
            inventory,
            new Databases(place.runId(), databases),
            prometheus,
            new Texts(
                blueprint.placeholders()::expand, blueprint.seenByLoad()::expand, variables(place)),
            new Seams(links, clocks));
    before.close();
    standing = Optional.of(new Standing(blueprint.placeholders().values(), prometheus));
  }

  /** How others reach it; empty before {@link #prepare}. */
  public Optional<Standing> standing() {
    return standing;
  }

  private Optional<ProcessInstance> instance(String name) {
    return running.flatMap(lives -> lives.instance(name));
  }

  private Optional<Supervisor> supervisor(String name) {
    return running.flatMap(lives -> lives.supervisor(name));
  }

  /** Ends a start even in a thread that was interrupted, which it stays. */
  private static void end(RunningLab started) {
    boolean interrupted = Thread.interrupted();
    try {
      started.end();
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
