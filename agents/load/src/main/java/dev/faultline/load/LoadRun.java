package dev.faultline.load;

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
 * One load from its start to its end, or a part of one.
 *
 * <p>A platform thread waits for each due time and hands the request to a virtual thread, whatever
 * became of earlier ones. Latency counts from the due time, so a stall is seen by every request
 * that was due during it, even one of this program. A request beyond the bound of those in flight
 * is not sent, and counted as an error.
 *
 * <p>What it met is told in seconds, each when the last of its requests has ended, and never before
 * an earlier second. The last hour is kept. Thread-safe.
 */
public final class LoadRun implements AutoCloseable {

  /** How many requests may be under way at once where nobody says anything else. */
  public static final int IN_FLIGHT = 20_000;

  static final Outcome.Failure NOT_SENT = new Outcome.Failure("not sent: too many in flight");
  private static final int KEPT_SECONDS = 3600;
  private static final int OPEN_SECONDS = 30;
  private static final Duration CLOSING_STEP = Duration.ofMillis(100);
  private static final int CLOSING_STEPS = 20;
  // A frozen server: the newest second is up to the timeout and one second old. The rest is ours.
  private static final Duration SLACK = Duration.ofSeconds(3);
  // A start of now is always a little late.
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(200);

  private final LoadPart part;
  private final HttpSender sender;
  private final int inFlight;
  private final Semaphore free;
  private final Tags tags;
  private final Instant began;
  private final long start;
  private final Deque<Second> open = new ArrayDeque<>();
  private final Deque<LoadSecond> complete = new ArrayDeque<>();
  private final Thread pacing;
  private volatile Rates rates;
  private volatile Sent sent = Sent.NOTHING;
  private volatile boolean stopped;

  /**
   * Starts all of it, now.
   *
   * @param inFlight how many requests may be under way at once
   */
  public static LoadRun now(LoadOrder order, int inFlight) {
    rehearse(order);
    return new LoadRun(order, inFlight, LoadPart.WHOLE, Instant.now());
  }

  /**
   * Starts a part of it at a moment, before which its sender was {@linkplain #rehearse rehearsed}.
   * One that has passed is taken as it is: the seconds that have begun since are left out.
   *
   * @param inFlight how many requests may be under way at once
   */
  public LoadRun(LoadOrder order, int inFlight, LoadPart part, Instant at) {
    this.part = part;
    this.rates = Rates.of(order.rate());
    this.sender = HttpSender.to(order, inFlight);
    this.inFlight = inFlight;
    this.free = new Semaphore(inFlight);
    this.tags = Tags.of(order.share());
    this.began = at;
    this.start = System.nanoTime() + Duration.between(Instant.now(), at).toNanos();
    this.pacing = Thread.ofPlatform().daemon().name("load").unstarted(this::pace);
    pacing.start();
  }

  /** Whether it has not been ended. */
  public boolean running() {
    return !stopped;
  }

  /**
   * The newest complete seconds, oldest first, without a gap; none when the newest ended longer ago
   * than the timeout of the load and 3 s.
   */
  public List<LoadSecond> newest(Duration over) {
    long wanted = over.plusNanos(999_999_999).toSeconds();
    synchronized (open) {
      harvest();
      return complete.isEmpty() || isStale(complete.getLast())
          ? List.of()
          : complete.stream().skip(Math.max(0, complete.size() - wanted)).toList();
    }
  }

  /** The complete seconds from one on, oldest first. */
  public List<LoadSecond> from(long second) {
    synchronized (open) {
      harvest();
      return complete.stream().filter(one -> one.second() >= second).toList();
    }
  }

  private boolean isStale(LoadSecond second) {
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

  /**
   * Runs the code of a load before it begins, against nobody; whoever interrupts that has it begin
   * less prepared.
   */
  public static void rehearse(LoadOrder order) {
    try {
      Rehearsal.of(order);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void pace() {
    long late = System.nanoTime() - start;
    Pace pace = new Pace(rates.base(), 0);
    long number = 0;
    for (long tick = late <= SOON ? 0 : nextSecond(); !stopped; tick++) {
      Rates now = rates;
      if (now.at(tick) != pace.rate()) {
        pace = new Pace(now.at(tick), tick);
        number = 0;
      }
      number = skip(pace, number, tick);
      Second second = begin(tick, pace.rate());
      long handed = 0;
      for (; pace.second(number) == tick; number++) {
        boolean tagged = tags.next();
        if (part.has(number)) {
          if (!await(pace.due(number))) {
            break;
          }
          second.due();
          handed += hand(second, start + pace.due(number), tagged) ? 1 : 0;
        }
      }
      if (await(TimeUnit.SECONDS.toNanos(tick + 1))) {
        second.close();
        sent = new Sent(now.surges(tick), pace.rate(), handed);
      }
    }
  }

  /** Those of seconds that passed before it could begin, or while it was given another rate. */
  private static long skip(Pace pace, long number, long tick) {
    long next = number;
    while (pace.second(next) < tick) {
      next++;
    }
    return next;
  }

  /** Goes through other rates from the next second on, in which nothing is due yet. */
  public void surge(List<Double> steps, double each) {
    rates = rates.surge(steps, each, nextSecond());
  }

  /** Has these rates from the next second on, whatever it had. */
  public void take(Rates others) {
    rates = others;
  }

  /** Goes back to its own rate with the next second. */
  public void endSurge() {
    rates = rates.endedBy(nextSecond());
  }

  /** Whether the next second belongs to a surge. */
  public boolean surging() {
    return rates.surges(nextSecond());
  }

  private long nextSecond() {
    return Math.floorDiv(System.nanoTime() - start, TimeUnit.SECONDS.toNanos(1)) + 1;
  }

  /** What was sent in the newest full second. */
  public Sent sent() {
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

  private boolean hand(Second second, long due, boolean tagged) {
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
      Optional<LoadSecond> oldest = open.getFirst().whenComplete();
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
