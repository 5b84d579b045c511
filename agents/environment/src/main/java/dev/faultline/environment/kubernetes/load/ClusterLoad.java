package dev.faultline.environment.kubernetes.load;

import dev.faultline.environment.kubernetes.agent.AgentTrouble;
import dev.faultline.environment.load.RunningLoad;
import dev.faultline.load.LoadSecond;
import dev.faultline.load.Rates;
import dev.faultline.load.pod.LoadOrders;
import dev.faultline.load.pod.SecondLine;
import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.model.world.Sighting;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A load that pods of the cluster make. A thread of its own reads what they tell and renews their
 * lease; all pods at the same time, so that one that does not answer holds up no other.
 */
final class ClusterLoad implements RunningLoad {

  /** How long one waits for what a pod tells of a second. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  // The kubelet writes orders to the file of a pod within a second or two.
  private static final Duration LEAD = Duration.ofSeconds(3);
  // Shorter, as a change is to be seen soon; a pod that hears of it late follows a second later.
  private static final Duration LEAD_OF_CHANGE = Duration.ofMillis(1500);
  private static final Duration SLACK = Duration.ofSeconds(3);
  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
  private static final int FEWEST_LINES = 5;
  private static final int MOST_LINES = 300;
  private static final int MOST_TROUBLES = 10;
  private static final String NOT_SENT = "not sent: too many in flight";

  private final Load load;
  private final LoadJobs jobs;
  private final Map<Integer, Pod> pods;
  private final Consumer<Sighting> sightings;
  private final Map<Integer, Instant> heard = new ConcurrentHashMap<>();
  private final Set<String> troubles = ConcurrentHashMap.newKeySet();
  private final LoadMerge merge;
  private final Instant began;
  private final Thread thread;
  private volatile LoadOrders orders;
  private volatile Rates rates;
  private volatile long written = System.nanoTime() - Load.LEASE_OF_PODS.toNanos();
  private volatile boolean stopped;

  /**
   * Has pods begin that are ready.
   *
   * @param pods by the part that they make
   * @param first the orders that they were made with
   * @param sightings is told of each that is lost
   */
  ClusterLoad(
      Load load,
      LoadJobs jobs,
      Map<Integer, Pod> pods,
      LoadOrders first,
      Consumer<Sighting> sightings) {
    this.load = load;
    this.jobs = jobs;
    this.pods = Map.copyOf(pods);
    this.sightings = sightings;
    this.began = Instant.ofEpochMilli(Instant.now().plus(LEAD).toEpochMilli());
    this.orders = first.startAt(began);
    this.rates = first.rates();
    this.merge = new LoadMerge(pods.size(), began, BOUND.plus(first.order().timeout()));
    this.thread = Thread.ofPlatform().daemon().name("cluster load").start(this::keep);
  }

  private void keep() {
    while (!stopped) {
      boolean due = System.nanoTime() - written > Load.LEASE_OF_PODS.toNanos() / 4;
      Optional<LoadOrders> fresh = due ? Optional.of(renewed()) : Optional.empty();
      look();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        pods.forEach((part, pod) -> threads.execute(() -> attend(part, pod, fresh)));
      }
      LockSupport.parkNanos(this, BETWEEN.toNanos());
    }
  }

  private synchronized LoadOrders renewed() {
    written = System.nanoTime();
    orders = orders.next();
    return orders;
  }

  private void attend(int part, Pod pod, Optional<LoadOrders> fresh) {
    try {
      if (fresh.isPresent()) {
        jobs.write(pod, fresh.get().text());
      }
      Instant last = heard.getOrDefault(part, began);
      long lines =
          Math.clamp(
              Duration.between(last, Instant.now()).toSeconds() + FEWEST_LINES,
              FEWEST_LINES,
              MOST_LINES);
      for (String line : jobs.log(pod, (int) lines)) {
        Optional<LoadSecond> second = SecondLine.parse(line);
        if (second.isPresent()) {
          merge.told(part, second.get());
          heard.put(part, began.plusSeconds(second.get().second()));
        }
      }
    } catch (AgentTrouble silent) {
      // What it tells later is read then; if it is lost, the look at the pods says so.
      trouble(String.valueOf(silent.getMessage()));
    }
  }

  /** Told once, as there may be many pods, and each is attended to twice a second. */
  private void trouble(String words) {
    if (troubles.size() < MOST_TROUBLES && troubles.add(words)) {
      note("pods are not attended to: " + words);
    }
  }

  private void note(String words) {
    sightings.accept(new Sighting(Sighting.Kind.NOTE, "load", words));
  }

  /** Which pods have ended or are gone, by what the API server has of them now. */
  private void look() {
    List<Pod> there;
    try {
      there = jobs.pods();
    } catch (AgentTrouble silent) {
      // Then nobody is known to be lost.
      return;
    }
    pods.forEach((part, pod) -> PodLoss.of(pod, there).ifPresent(how -> lost(part, pod, how)));
  }

  /** Told once: what it would have sent is missing from now on. */
  private void lost(int part, Pod pod, String how) {
    if (merge.lost(part)) {
      note(
          "pod %s is lost, %s; %d of %d send on, each no more than before"
              .formatted(pod.getMetadata().getName(), how, merge.living(), pods.size()));
    }
  }

  @Override
  public Load load() {
    return load;
  }

  @Override
  public String words() {
    return "load on %s at %s, by %d pods".formatted(load.http(), load.base(), pods.size());
  }

  @Override
  public boolean running() {
    return !stopped;
  }

  @Override
  public boolean surging() {
    return rates.surges(soon());
  }

  private long soon() {
    return Math.max(0, Duration.between(began, Instant.now().plus(LEAD_OF_CHANGE)).toSeconds());
  }

  @Override
  public synchronized void surge(List<Double> steps, double each) {
    take(rates.surge(steps, each, soon()));
  }

  @Override
  public synchronized void endSurge() {
    take(rates.endedBy(soon()));
  }

  private void take(Rates others) {
    rates = others;
    orders = orders.with(others);
    // The next look writes them.
    written = System.nanoTime() - Load.LEASE_OF_PODS.toNanos();
    LockSupport.unpark(thread);
  }

  @Override
  public Answer.RateIs sent() {
    List<LoadInterval> seconds = merge.complete(Instant.now());
    if (seconds.isEmpty()) {
      return new Answer.RateIs(false, 0, 0);
    }
    LoadInterval newest = seconds.getLast();
    return new Answer.RateIs(
        rates.surges(newest.second()),
        newest.asked(),
        newest.intended() - newest.errors().getOrDefault(NOT_SENT, 0L));
  }

  @Override
  public List<LoadInterval> newest(Duration over) {
    List<LoadInterval> seconds = merge.complete(Instant.now());
    long wanted = over.plusNanos(999_999_999).toSeconds();
    Duration old = orders.order().timeout().multipliedBy(2).plus(SLACK).plus(BOUND);
    return seconds.isEmpty() || seconds.getLast().at().plus(old).isBefore(Instant.now())
        ? List.of()
        : seconds.stream().skip(Math.max(0, seconds.size() - wanted)).toList();
  }

  /** Ends it: its Job is deleted, and its pods are gone unless that takes too long. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join(ENDS_WITHIN);
      var _ = jobs.end(ENDS_WITHIN);
    } catch (AgentTrouble left) {
      // Their lease ends the pods, and then the cluster takes the Job away.
      return;
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }
}
