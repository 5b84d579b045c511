package dev.faultline.examples.shop;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A circuit breaker: after a row of silent calls it lets only one call pass per pause, to see
 * whether the other side is back; the first answer closes it.
 *
 * <p>It is the guard against a frozen upstream. A timeout alone bounds how long each caller waits,
 * yet at 200 requests/s and 600 ms still 120 of them wait at any time; with the breaker that lasts
 * for the first 600 ms only, then nearly every caller gets the fallback at once.
 */
final class Breaker {
  /** How it stands, with the number of that among the metrics. */
  enum State {
    /** Every call passes. */
    CLOSED(0),
    /** One call has passed, and is under way. */
    HALF_OPEN(1),
    /** No call passes until the pause is over. */
    OPEN(2);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  private static final int SILENT_CALLS = 10;
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final Consumer<State> told;
  private int silent;
  private long nextProbe;
  private State state = State.CLOSED;

  /** Tells every change of its state. */
  Breaker(LongSupplier nanoTime, Consumer<State> told) {
    this.nanoTime = nanoTime;
    this.told = told;
  }

  /** Whether a call may be made now; when open, true makes the caller the probe. */
  synchronized boolean allows() {
    if (silent < SILENT_CALLS) {
      return true;
    }
    long now = nanoTime.getAsLong();
    if (now - nextProbe < 0) {
      return false;
    }
    nextProbe = now + PAUSE_NANOS;
    become(State.HALF_OPEN);
    return true;
  }

  /** Any answer counts, an error too: it was not silence. */
  synchronized void answered() {
    silent = 0;
    become(State.CLOSED);
  }

  synchronized void stayedSilent() {
    silent++;
    if (silent == SILENT_CALLS) {
      nextProbe = nanoTime.getAsLong() + PAUSE_NANOS;
    }
    if (silent >= SILENT_CALLS) {
      become(State.OPEN);
    }
  }

  private void become(State next) {
    if (state != next) {
      state = next;
      told.accept(next);
    }
  }
}
