package dev.faultline.operator.run;

import dev.faultline.engine.journal.RunStore;
import dev.faultline.engine.run.Engine;
import dev.faultline.engine.run.Result;
import dev.faultline.operator.cluster.Election;
import dev.faultline.operator.cluster.ObjectStore;
import dev.faultline.operator.cluster.SignsOfLife;
import dev.faultline.operator.course.Course;
import dev.faultline.operator.course.Seen;
import dev.faultline.operator.course.Turn;
import dev.faultline.operator.file.DayFiles;
import dev.faultline.operator.file.ObjectFiles;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs the objects of a cluster. All decisions are made in the thread that calls {@link #run}; each
 * run has a thread of its own.
 */
public final class Operator implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A loop that has not come round for so long is stuck. */
  private static final Duration STUCK = Duration.ofMinutes(2);

  /** What waits for something is tried again so often. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private static final int MOST_RUNS = 8;

  private final Settings settings;
  private final ObjectStore objects;
  private final Election election;
  private final SignsOfLife signs;
  private final Figures figures = new Figures();
  private final Parts parts;
  private final GameDays days;
  private final Map<Seen.Key, ObjectRun> on = new ConcurrentHashMap<>();
  private final Set<Seen.Key> busy = ConcurrentHashMap.newKeySet();
  private final Map<Seen.Key, Long> notBefore = new HashMap<>();
  private final Semaphore news = new Semaphore(0);
  private volatile long cameRound = System.nanoTime();
  private volatile boolean stopping;

  /**
   * Where and for whom an operator works.
   *
   * @param me this replica, and this life of it
   * @param home the namespace of its own Leases
   * @param namespace whose objects it runs; those of all when empty
   * @param folder where it writes objects down as files
   * @param kubeconfig how it reaches the cluster; from inside of it when empty
   * @param port that of health and figures; 0 for any that is free
   */
  public record Settings(
      String me,
      String home,
      Optional<String> namespace,
      Path folder,
      Optional<String> kubeconfig,
      int port) {}

  /**
   * What runs are made with.
   *
   * @param store of their journals
   * @param engines makes an engine for one run, all with that store
   * @param reports is given each run that has ended
   */
  public record Runs(RunStore store, Supplier<Engine> engines, Consumer<Result> reports) {}

  /** An operator that has not begun. */
  public Operator(KubernetesClient client, Settings settings, Runs runs) {
    this.settings = settings;
    this.objects = new ObjectStore(client, settings.namespace(), news::release);
    this.election = new Election(client, settings.home(), settings.me());
    this.signs = new SignsOfLife(client, settings.home(), settings.me(), System::nanoTime);
    this.parts =
        new Parts(
            objects,
            new ObjectFiles(settings.folder(), objects::content, settings.kubeconfig()),
            runs,
            figures,
            settings.me(),
            InstantSource.system());
    this.days = new GameDays(objects, new DayFiles(settings.folder(), objects::content));
  }

  /** Whether the loop goes round. */
  public boolean live() {
    return System.nanoTime() - cameRound < STUCK.toNanos();
  }

  /** Whether all objects are known. */
  public boolean ready() {
    return objects.ready();
  }

  /** What Prometheus may read. */
  public Figures figures() {
    return figures;
  }

  /** Goes on until it is stopped, and then until its runs have ended. */
  public void run() throws InterruptedException {
    objects.watch();
    election.stand();
    while (!stopping || !on.isEmpty()) {
      var _ = news.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      news.drainPermits();
      cameRound = System.nanoTime();
      if (objects.ready()) {
        look();
      }
    }
  }

  /** Lets its runs withdraw their faults and end, and begins no other. From any thread. */
  public void stop() {
    stopping = true;
    on.values().forEach(run -> run.halt("the operator was stopped"));
    news.release();
  }

  private void look() {
    List<Seen> all = objects.all();
    if (!on.isEmpty() || !busy.isEmpty()) {
      var _ = shown();
    }
    notBefore.keySet().retainAll(all.stream().map(Seen::key).collect(Collectors.toSet()));
    Set<String> gone = gone(all);
    figures.see(election.leading(), on.size(), all);
    Set<String> busyPlaces =
        all.stream()
            .filter(seen -> seen.status().phase().live())
            .map(seen -> seen.key().namespace())
            .collect(Collectors.toSet());
    on.keySet().forEach(key -> busyPlaces.add(key.namespace()));
    Set<String> mine = on.values().stream().map(ObjectRun::id).collect(Collectors.toSet());
    for (Seen seen : all) {
      boolean room = on.size() < MOST_RUNS && !busyPlaces.contains(seen.key().namespace());
      Course course = new Course(election.leading() && !stopping, room, mine, gone);
      if (act(course.of(seen), seen)) {
        busyPlaces.add(seen.key().namespace());
      }
    }
    if (election.leading() && !stopping) {
      followDays();
    }
  }

  private void followDays() {
    try {
      days.look(parts.clock().instant());
    } catch (KubernetesClientException away) {
      figures.trouble();
    }
  }

  /** Gives whether a run begins where the object is. */
  private boolean act(Turn turn, Seen seen) {
    switch (turn) {
      case Turn.Nothing _ -> {}
      case Turn.Halt(String why) ->
          Optional.ofNullable(on.get(seen.key())).ifPresent(run -> run.halt(why));
      case Turn.Approve(String by) ->
          Optional.ofNullable(on.get(seen.key())).ifPresent(run -> run.approve(by));
      case Turn.TakeOver _ -> aside(seen, () -> takeOver(seen));
      case Turn.Release _ -> aside(seen, () -> objects.keep(seen, false));
      case Turn.Begin _ -> {
        return begin(seen);
      }
    }
    return false;
  }

  private boolean begin(Seen seen) {
    long now = System.nanoTime();
    boolean early = notBefore.getOrDefault(seen.key(), now) - now > 0;
    if (early || busy.contains(seen.key()) || on.containsKey(seen.key()) || !shown()) {
      return false;
    }
    notBefore.put(seen.key(), now + AGAIN.toNanos());
    ObjectRun run = new ObjectRun(parts, seen);
    on.put(seen.key(), run);
    var _ =
        Thread.ofVirtual()
            .name(run.id())
            .start(
                () -> {
                  try {
                    run.go();
                  } finally {
                    on.remove(seen.key());
                    news.release();
                  }
                });
    return true;
  }

  private void takeOver(Seen seen) {
    if (shown()) {
      new TakeOver(parts, seen, settings.kubeconfig()).go();
      seen.status().holder().ifPresent(this::bury);
    }
  }

  /** The Lease of one that is gone goes with the last run that it had left. */
  private void bury(String holder) {
    boolean left =
        objects.all().stream()
            .map(Seen::status)
            .anyMatch(one -> one.phase().live() && one.holder().equals(Optional.of(holder)));
    if (!left) {
      signs.bury(holder);
    }
  }

  private void aside(Seen seen, Runnable work) {
    if (busy.add(seen.key())) {
      var _ =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      work.run();
                    } catch (KubernetesClientException away) {
                      figures.trouble();
                    } finally {
                      busy.remove(seen.key());
                    }
                  });
    }
  }

  /** Whether the others can see that this replica lives. */
  private boolean shown() {
    try {
      signs.show();
      return true;
    } catch (KubernetesClientException away) {
      figures.trouble();
      return false;
    }
  }

  private Set<String> gone(List<Seen> all) {
    Set<String> gone = new HashSet<>();
    Set<String> holders = new HashSet<>();
    for (Seen seen : all) {
      if (seen.status().phase().live()) {
        seen.status()
            .holder()
            .filter(other -> !other.equals(settings.me()))
            .ifPresent(holders::add);
      }
    }
    for (String holder : holders) {
      try {
        if (signs.gone(holder)) {
          gone.add(holder);
        }
      } catch (KubernetesClientException away) {
        figures.trouble();
      }
    }
    return gone;
  }

  @Override
  public void close() {
    election.close();
    try {
      signs.bury(settings.me());
    } catch (KubernetesClientException away) {
      figures.trouble();
    }
    objects.close();
  }
}
