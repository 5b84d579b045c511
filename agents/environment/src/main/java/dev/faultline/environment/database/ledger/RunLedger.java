package dev.faultline.environment.database.ledger;

import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.LedgerAccount;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.Query.LedgerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The ledger of a run, from its first write to its last. Thread-safe. */
final class RunLedger implements AutoCloseable {

  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Ledger ledger;
  private final Book book;
  private final Writers writers;
  private final ReadBack readBack;
  private final ReentrantLock reading = new ReentrantLock();
  private Optional<ReadBack.Taken> newest = Optional.empty();

  /** Starts the writers; the place for it is there. */
  RunLedger(Ledger ledger, LedgerStore store) {
    this.ledger = ledger;
    this.book =
        new Book(
            ledger.writerCount(),
            ledger.retries(),
            Pace.distance(ledger.writerCount(), ledger.perSecond()),
            Instant.now(),
            System::nanoTime);
    this.readBack = new ReadBack(book, store, ledger.writerCount());
    this.writers = Writers.start(ledger, store, book);
  }

  /** What it keeps. */
  Ledger ledger() {
    return ledger;
  }

  /**
   * What became of the writes. Where a tally is wanted it is read back, on a new connection; a
   * tally may stand for another one that is young enough when no write has failed since. One that
   * must be new is tried for until the time is over.
   */
  LedgerAccount account(LedgerStatus query) {
    if (query.tallied().isEmpty()) {
      return book.account(ledger.database(), Optional.empty(), "not asked for");
    }
    long deadline = System.nanoTime() + query.within().toNanos();
    try {
      if (!reading.tryLock(query.within().toNanos(), TimeUnit.NANOSECONDS)) {
        return unread(
            "another reading takes longer than %d ms".formatted(query.within().toMillis()));
      }
      try {
        Tally tally = tally(query.tallied().get(), deadline);
        return book.account(ledger.database(), Optional.of(tally), "");
      } finally {
        reading.unlock();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return unread("interrupted");
    } catch (StoreTrouble | Unread | ImpossibleRow failure) {
      return unread(String.valueOf(failure.getMessage()));
    }
  }

  private LedgerAccount unread(String why) {
    return book.account(ledger.database(), Optional.empty(), why);
  }

  private Tally tally(Duration age, long deadline)
      throws StoreTrouble, Unread, ImpossibleRow, InterruptedException {
    long now = System.nanoTime();
    Optional<Tally> young =
        newest
            .filter(taken -> now - taken.began() <= age.toNanos())
            .filter(taken -> taken.incidents() == book.moment().incidents())
            .map(ReadBack.Taken::tally);
    return young.isPresent() ? young.get() : read(age.isZero(), deadline);
  }

  private Tally read(boolean whole, long deadline)
      throws StoreTrouble, Unread, ImpossibleRow, InterruptedException {
    while (true) {
      try {
        Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
        ReadBack.Taken taken = readBack.read(whole, left);
        newest = Optional.of(taken);
        return taken.tally();
      } catch (StoreTrouble | Unread failure) {
        if (!whole || deadline - System.nanoTime() < AGAIN.toNanos()) {
          throw failure;
        }
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(this, AGAIN.toNanos());
    }
  }

  /** Ends the writers; what was counted remains to be asked for. */
  @Override
  public void close() {
    writers.close();
  }
}
