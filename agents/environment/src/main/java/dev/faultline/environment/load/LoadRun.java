package dev.faultline.environment.load;

import dev.faultline.model.environment.Load;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.LoadInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One load from its start to its end.
 *
 * <p>A platform thread waits for each due time and hands the request to a virtual thread, whatever
 * became of earlier ones. Latency counts from the due time, so a stall is seen by every request
 * that was due during it, even one of this program. A request beyond the bound of those in flight
 * is not sent, and counted as an error.
 */
final class LoadRun implements AutoCloseable {

  static final Outcome.Failure NOT_SENT = new Outcome.Failure("not sent: too many in flight");
  private static final int KEPT_SECONDS = 3600;
  private static final int OPEN_SECONDS = 30;
  private static final Duration CLOSING_STEP = Duration.ofMillis(100);
  private static final int CLOSING_STEPS = 20;
  // A frozen server: the newest second is up to the timeout and one second old. The rest is ours.
  private static final Duration SLACK = Duration.ofSeconds(3);

  private final Load load;
  private final HttpSender sender;
  private final int inFlight;
  private final Semaphore free;
  private final Tags tags;
  private final Instant began;
  private final long start;
  private final Deque<Second> open = new ArrayDeque<>();
  private final Deque<LoadInterval> complete = new ArrayDeque<>();
  private final Thread pacing;
  private volatile Rates rates;
  private volatile Answer.RateIs sent = new Answer.RateIs(false, 0, 0);
  private volatile boolean stopped;

  /**
   * Starts it.
   *
   * @param url the address, with nothing left to replace
   * @param inFlight how many requests may be under way at once
   * @throws IllegalArgumentException when there can be no such request
   */
  LoadRun(Load load, String url, int inFlight) {
    this.load = load;
    this.rates = Rates.of(load.base().value());
    this.sender = HttpSender.to(load, url, inFlight);
    this.inFlight = inFlight;
    this.free = new Semaphore(inFlight);
    this.tags = Tags.of(load);
    rehearse(load);
    this.began = Instant.now();
    this.start = System.nanoTime();
    this.pacing = Thread.ofPlatform().daemon().name("load").unstarted(this::pace);
    pacing.start();
  }

  Load load() {
    return load;
  }

  boolean running() {
    return !stopped;
  }

  /**
   * The newest complete seconds, oldest first, without a gap; none when the newest ended longer ago
   * than the timeout of the load and 3 s.
   */
  List<LoadInterval> newest(Duration over) {
    long wanted = over.plusNanos(999_999_999).toSeconds();
    synchronized (open) {
      harvest();
      return complete.isEmpty() || isStale(complete.getLast())
          ? List.of()
          : complete.stream().skip(Math.max(0, complete.size() - wanted)).toList();
    }
  }

  private boolean isStale(LoadInterval second) {
    Duration age = Duration.ofNanos(System.nanoTime() - start).minusSeconds(second.second() + 1);
    return age.compareTo(sender.timeout().plus(SLACK)) > 0;
  }

  /** Ends it. Requests under way are cut off; their seconds are never complete. */
  @Override
  public void close() {
    synchronized (open) {
      harvest();
      stopped = true;
    }
    LockSupport.unpark(pacing);
    cutOff();
  }

  /** Again and again, as a request may have been handed over but not yet begun. */
  private void cutOff() {
    try {
      pacing.join(CLOSING_STEP);
      for (int step = 0; step < CLOSING_STEPS; step++) {
        sender.cancel();
        if (free.tryAcquire(inFlight, CLOSING_STEP.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      sender.close();
    }
  }

  private static void rehearse(Load load) {
    try {
      Rehearsal.of(load);
    } catch (InterruptedException interrupted) {
      // Then the load begins less prepared; whoever interrupted will end it.
      Thread.currentThread().interrupt();
    }
  }

  private void pace() {
    Pace pace = new Pace(load.base().value(), 0);
    long number = 0;
    for (long tick = 0; !stopped; tick++) {
      Rates now = rates;
      if (now.at(tick) != pace.rate()) {
        pace = new Pace(now.at(tick), tick);
        number = 0;
      }
      Second second = begin(tick, pace.rate());
      long handed = 0;
      while (pace.second(number) == tick && await(pace.due(number))) {
        second.due();
        handed += hand(second, start + pace.due(number)) ? 1 : 0;
        number++;
      }
      if (await(TimeUnit.SECONDS.toNanos(tick + 1))) {
        second.close();
        sent = new Answer.RateIs(now.surges(tick), pace.rate(), handed);
      }
    }
  }

  /** Goes through other rates from the next second on, in which nothing is due yet. */
  void surge(List<Double> steps, double each) {
    rates = rates.surge(steps, each, nextSecond());
  }

  /** Goes back to its own rate with the next second. */
  void endSurge() {
    rates = rates.endedBy(nextSecond());
  }

  boolean surging() {
    return rates.surges(nextSecond());
  }

  private long nextSecond() {
    return Math.floorDiv(System.nanoTime() - start, TimeUnit.SECONDS.toNanos(1)) + 1;
  }

  /** What was sent in the newest full second. */
  Answer.RateIs sent() {
    return sent;
  }

  /** Waits for a moment since the start; false when the load has been stopped. */
  private boolean await(long moment) {
    while (!stopped) {
      long left = start + moment - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }

  private boolean hand(Second second, long due) {
    boolean tagged = tags.next();
    if (!free.tryAcquire()) {
      second.notSent(NOT_SENT);
      return false;
    }
    Thread.startVirtualThread(() -> send(second, due, tagged));
    return true;
  }

  private void send(Second second, long due, boolean tagged) {
    try {
      if (stopped) {
        return;
      }
      Outcome outcome = sender.send(tagged);
      if (!stopped) {
        second.ended(outcome, System.nanoTime() - due);
      }
    } finally {
      free.release();
    }
  }

  private Second begin(long number, double asked) {
    Second second =
        new Second(
            number,
            began.plusSeconds(number),
            asked,
            TimeUnit.NANOSECONDS.toMicros(sender.timeout().multipliedBy(4).toNanos())
                + TimeUnit.SECONDS.toMicros(10));
    synchronized (open) {
      if (open.size() > OPEN_SECONDS) {
        // Nobody asks, and an open second is large. Otherwise this is left to those who ask, as it
        // would delay the next request.
        harvest();
      }
      open.addLast(second);
    }
    return second;
  }

  /**
   * Moves what is complete, in order. A later second waits for an earlier one: its figures alone
   * would say that all is well while the requests before it still hang.
   */
  private void harvest() {
    while (!stopped && !open.isEmpty()) {
      Optional<LoadInterval> oldest = open.getFirst().whenComplete();
      if (oldest.isEmpty()) {
        return;
      }
      open.removeFirst();
      complete.addLast(oldest.get());
      if (complete.size() > KEPT_SECONDS) {
        complete.removeFirst();
      }
    }
  }
}
