package dev.faultline.node.relay;

import java.util.Comparator;
import java.util.TreeSet;

/** The timers of a loop, the next one first. Belongs to the loop's thread. */
final class Timers {

  private final TreeSet<Timer> set =
      new TreeSet<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
  private long made;

  /** A timer that is not set. */
  Timer timer(Runnable action) {
    return new Timer(made++, action);
  }

  /**
   * Sets a timer anew.
   *
   * @param due {@link Ticks#NEVER} to have it not go off
   */
  void set(Timer timer, long due) {
    if (timer.due() == due) {
      return;
    }
    if (timer.due() != Ticks.NEVER) {
      set.remove(timer);
    }
    timer.setDue(due);
    if (due != Ticks.NEVER) {
      set.add(timer);
    }
  }

  /** When the next one is due; {@link Ticks#NEVER} when none is set. */
  long next() {
    return set.isEmpty() ? Ticks.NEVER : set.first().due();
  }

  /** Runs those that are due. One that sets itself again to a time past runs with the next call. */
  void run(long now) {
    for (int left = set.size(); left > 0 && next() <= now; left--) {
      Timer timer = set.removeFirst();
      timer.setDue(Ticks.NEVER);
      timer.run();
    }
  }
}
