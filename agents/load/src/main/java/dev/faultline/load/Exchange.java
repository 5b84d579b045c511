package dev.faultline.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request and its answer, from its start to its end or its deadline, whichever is first.
 * Thread-safe.
 */
final class Exchange {

  private enum State {
    UNDER_WAY,
    OVER,
    LATE
  }

  private final long deadline;
  private final AtomicReference<State> state = new AtomicReference<>(State.UNDER_WAY);
  private volatile Closeable channel = () -> {};

  /**
   * Begins.
   *
   * @param deadline as {@link System#nanoTime} counts
   */
  Exchange(long deadline) {
    this.deadline = deadline;
  }

  long deadline() {
    return deadline;
  }

  /**
   * From now on it goes over this channel, which is closed at the deadline.
   *
   * @throws SocketTimeoutException when that has passed
   */
  void goesOver(Closeable through) throws IOException {
    channel = through;
    if (isLate()) {
      through.close();
      throw new SocketTimeoutException("late");
    }
  }

  /** Ends it; false when the deadline was first, and its channel is of no use any more. */
  boolean finish() {
    return state.compareAndSet(State.UNDER_WAY, State.OVER);
  }

  boolean isUnderWay() {
    return state.get() == State.UNDER_WAY;
  }

  boolean isLate() {
    return state.get() == State.LATE;
  }

  /** Ends what is under way still: whoever waits at its channel gets an exception. */
  void expire() throws IOException {
    if (state.compareAndSet(State.UNDER_WAY, State.LATE)) {
      channel.close();
    }
  }
}
