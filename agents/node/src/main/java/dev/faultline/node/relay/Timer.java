package dev.faultline.node.relay;

/** Something that a loop does at some time. Belongs to the loop's thread, as {@link Timers}. */
final class Timer {

  private final Runnable action;
  private final long number;
  private long due = Ticks.NEVER;

  Timer(long number, Runnable action) {
    this.number = number;
    this.action = action;
  }

  /** When it is due; {@link Ticks#NEVER} while it is not set. */
  long due() {
    return due;
  }

  /** Tells timers apart that are due at the same time: the one made first goes first. */
  long number() {
    return number;
  }

  void setDue(long time) {
    due = time;
  }

  void run() {
    action.run();
  }
}
