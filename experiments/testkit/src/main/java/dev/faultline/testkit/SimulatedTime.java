package dev.faultline.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that passes only while everybody sleeps. The threads that use it run one at a time, in an
 * order that the moments of their waking give, so that a simulation goes the same way each time,
 * with as many threads as it likes, as fast as it computes.
 *
 * <p>A thread takes part from its first use of this object; it must not block on another one that
 * takes part, except by {@link #sleep}.
 */
public final class SimulatedTime {

  private static final class Task {
    private final long number;
    private Thread thread;
    private volatile boolean turn;
    private volatile boolean interrupted;
    private Duration wakes;

    private Task(long number, Thread thread, Duration wakes) {
      this.number = number;
      this.thread = thread;
      this.wakes = wakes;
    }

    void give() {
      turn = true;
      LockSupport.unpark(thread);
    }

    /** An interrupt is put off until then, and seen by whoever gives turns all the while. */
    void awaitTurn() {
      while (!turn) {
        if (Thread.currentThread().isInterrupted()) {
          interrupted = true;
          boolean _ = Thread.interrupted();
        }
        LockSupport.park(this);
      }
      turn = false;
      if (interrupted) {
        interrupted = false;
        Thread.currentThread().interrupt();
      }
    }

    boolean interrupted() {
      return interrupted || thread.isInterrupted();
    }
  }

  private final List<Task> tasks = new ArrayList<>();
  private Instant wall = Instant.parse("2026-03-01T12:00:00Z");
  private Duration ticks = Duration.ZERO;
  private long made;

  /** Time of day; see {@link #turnWallClock}. */
  public synchronized Instant now() {
    return wall.plus(ticks);
  }

  /** Time since the beginning of the simulation. */
  public synchronized Duration ticks() {
    return ticks;
  }

  /** Sets the time of day forward, or back; nothing else changes. */
  public synchronized void turnWallClock(Duration by) {
    wall = wall.plus(by);
  }

  /**
   * Lets others run until this much time has passed.
   *
   * @throws InterruptedException when the thread is interrupted before or meanwhile
   */
  public void sleep(Duration length) throws InterruptedException {
    Task me = current();
    if (!Thread.currentThread().isInterrupted()) {
      me.wakes = ticks().plus(length.isNegative() ? Duration.ZERO : length);
      handOver(me);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Lets others run until this much time has passed, whoever interrupts. */
  public void sleepDeaf(Duration length) {
    Duration until = ticks().plus(length);
    boolean interrupted = false;
    while (ticks().compareTo(until) < 0) {
      try {
        sleep(until.minus(ticks()));
      } catch (InterruptedException deaf) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something at a moment, in a thread of its own. */
  public void at(Duration moment, Runnable deed) {
    Task _ = current();
    start(deed, moment);
  }

  /** Threads that take part. */
  public ExecutorService workers() {
    Task _ = current();
    return new Workers();
  }

  private synchronized Task current() {
    Thread thread = Thread.currentThread();
    for (Task task : tasks) {
      if (task.thread.equals(thread)) {
        return task;
      }
    }
    Task task = new Task(made++, thread, ticks);
    tasks.add(task);
    return task;
  }

  private synchronized Task start(Runnable deed, Duration moment) {
    Task task = new Task(made++, Thread.currentThread(), moment);
    task.thread =
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  task.awaitTurn();
                  try {
                    deed.run();
                  } finally {
                    leave(task);
                  }
                });
    tasks.add(task);
    task.thread.start();
    return task;
  }

  private synchronized Task next() {
    Task next =
        tasks.stream()
            .min(
                Comparator.comparing((Task task) -> moment(task))
                    .thenComparingLong(task -> task.number))
            .orElseThrow();
    Duration moment = moment(next);
    ticks = moment.compareTo(ticks) > 0 ? moment : ticks;
    next.wakes = ticks;
    return next;
  }

  private Duration moment(Task task) {
    return task.interrupted() && task.wakes.compareTo(ticks) > 0 ? ticks : task.wakes;
  }

  private void handOver(Task me) {
    Task next = next();
    if (next != me) {
      next.give();
      me.awaitTurn();
    }
  }

  private synchronized void leave(Task me) {
    tasks.remove(me);
    if (!tasks.isEmpty()) {
      next().give();
    }
  }

  private final class Workers extends AbstractExecutorService {
    private final List<Task> mine = new ArrayList<>();
    private boolean shut;

    @Override
    public void execute(Runnable command) {
      mine.add(start(command, ticks()));
    }

    @Override
    public List<Runnable> shutdownNow() {
      shut = true;
      mine.forEach(task -> task.thread.interrupt());
      return List.of();
    }

    @Override
    public void shutdown() {
      shut = true;
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return shut && mine.stream().noneMatch(task -> task.thread.isAlive());
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      sleep(Duration.of(timeout, unit.toChronoUnit()));
      return isTerminated();
    }
  }
}
