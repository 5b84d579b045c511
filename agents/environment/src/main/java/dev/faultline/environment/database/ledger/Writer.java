package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.ledger.LedgerStore.Pen;
import dev.faultline.model.environment.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One writer: a connection of its own, one write under way at a time, again after every error. */
final class Writer implements Runnable {

  private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(200).toNanos();

  private final int number;
  private final Ledger ledger;
  private final LedgerStore store;
  private final Witness witness;
  private volatile boolean stopped;
  private volatile @Nullable Pen pen;
  private volatile long underWaySince;
  private long pause = FIRST_PAUSE;

  /**
   * A writer that has not begun.
   *
   * @param number from 0
   * @param store where it writes
   */
  Writer(int number, Ledger ledger, LedgerStore store, Witness witness) {
    this.number = number;
    this.ledger = ledger;
    this.store = store;
    this.witness = witness;
  }

  @Override
  public void run() {
    Pace pace = new Pace(number, ledger.writerCount(), ledger.perSecond(), System.nanoTime());
    while (!stopped) {
      try (Pen made = store.pen(number, ledger.patience())) {
        pen = made;
        witness.reconnected();
        if (!stopped) {
          write(made, pace);
        }
      } catch (StoreTrouble failure) {
        witness.reconnected();
      } finally {
        pen = null;
      }
      await(System.nanoTime() + pause);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  }

  /** Ends the loop after the write that is under way. */
  void stop(Thread thread) {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Gives the write up that is under way; what is broken already is left alone. */
  void abort() {
    tell(Pen::abort);
  }

  /** When the write that is under way was sent; 0 when none is. */
  long underWaySince() {
    return underWaySince;
  }

  /** Whether the write that is under way has had its time. */
  boolean isLate(long now) {
    long since = underWaySince;
    return since != 0 && now - since > ledger.patience().toNanos();
  }

  /**
   * Asks the server to end the write that is under way, so that it does not hold a connection for
   * ever where a standby that must confirm is gone.
   */
  void cancel() {
    tell(Pen::cancel);
  }

  private interface Telling {
    void to(Pen open) throws StoreTrouble;
  }

  private void tell(Telling telling) {
    Pen open = pen;
    try {
      if (open != null) {
        telling.to(open);
      }
    } catch (StoreTrouble broken) {
      // Whoever uses the connection learns it too.
      witness.reconnected();
    }
  }

  private void write(Pen made, Pace pace) throws StoreTrouble {
    made.begin();
    boolean goesOn = true;
    while (goesOn && await(pace.next(System.nanoTime()))) {
      goesOn = write(made);
    }
  }

  /** Writes once; says whether the pen can be used for another write. */
  private boolean write(Pen made) {
    int n = witness.sent(number);
    underWaySince = System.nanoTime();
    Optional<String> error = made.write(n);
    underWaySince = 0;
    if (error.isPresent()) {
      witness.failed(number, error.get());
      return false;
    }
    witness.acknowledged(number, made.timeline());
    pause = FIRST_PAUSE;
    return true;
  }

  /** Waits for a moment; false when the writer has been stopped. */
  private boolean await(long moment) {
    while (!stopped) {
      long left = moment - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }
}
