package dev.faultline.gameday.shared;

import dev.faultline.gameday.course.Book;
import dev.faultline.gameday.daemon.Hearer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells other schedulers, again and again, that this one lives; sees who does not, and takes what
 * those had on. In a thread of its own.
 */
final class CheckIn implements AutoCloseable {

  /** How many of them another one must miss to be taken for dead. */
  static final int MISSED = 3;

  private final SharedBook book;
  private final Pool pool;
  private final Reach reach;
  private final Duration every;
  private final InstantSource clock;
  private final Supplier<Optional<String>> halted;
  private final Vigil vigil;
  private final Purge purge;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<Hearer> hearer = Optional.empty();

  CheckIn(
      SharedBook book,
      Pool pool,
      Reach reach,
      Duration every,
      InstantSource clock,
      Supplier<Optional<String>> halted) {
    this.book = book;
    this.pool = pool;
    this.reach = reach;
    this.every = every;
    this.clock = clock;
    this.halted = halted;
    this.vigil = new Vigil(every.multipliedBy(MISSED));
    this.purge = new Purge(pool, reach);
  }

  /** Goes on until it is closed. */
  void begin(Hearer told) {
    hearer = Optional.of(told);
    Thread _ = Thread.ofVirtual().name("check-in").start(this::run);
  }

  private void run() {
    try {
      do {
        once();
      } while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void once() {
    if (reach.isLost()) {
      vigil.forget();
    }
    try (Connection db = pool.getConnection()) {
      checkIn(db);
      reach.back();
      if (book.me().watches()) {
        purge.whenDue(System.nanoTime());
      }
    } catch (SQLException failure) {
      var _ = reach.lost(failure);
    }
    hearer.ifPresent(Hearer::look);
  }

  private void checkIn(Connection db) throws SQLException {
    db.setAutoCommit(false);
    Rows rows = new Rows(db);
    ClockOffset offset = offset(rows);
    reach.compared(offset);
    if (!rows.beat(book.me(), halted.get(), offset)) {
      beginAnew(rows);
    }
    db.commit();
    book.send(db);
    if (book.me().watches()) {
      takeOver(rows);
      db.commit();
    }
    List<Book.Orphan> orphans = book.see(rows);
    db.commit();
    orphans.forEach(orphan -> hearer.ifPresent(told -> told.orphaned(orphan)));
  }

  ClockOffset offset(Rows rows) throws SQLException {
    Instant before = clock.instant();
    Instant there = rows.now();
    return ClockOffset.of(before, there, clock.instant());
  }

  /** Others took this one for dead, as it did not run for a while. */
  private void beginAnew(Rows rows) throws SQLException {
    reach.say("Other schedulers took this one for dead: what is on here withdraws its faults.");
    Member again = book.me().again();
    rows.register(again);
    book.becomes(again);
    hearer.ifPresent(Hearer::disowned);
  }

  private void takeOver(Rows rows) throws SQLException {
    Map<String, Long> beats = new HashMap<>();
    Map<String, String> hosts = new HashMap<>();
    for (Snapshot.Other other : rows.snapshot(book.me()).others()) {
      beats.put(other.id(), other.beat());
      hosts.put(other.id(), other.host());
    }
    Set<String> dead = vigil.look(System.nanoTime(), beats);
    for (String id : dead) {
      if (rows.remove(id, beats.getOrDefault(id, -1L))) {
        reach.say(
            "Scheduler %s of %s did not check in for %d s, and is taken for dead."
                .formatted(
                    id, hosts.getOrDefault(id, "?"), every.multipliedBy(MISSED).toSeconds()));
      }
    }
    int _ = rows.adopt(book.me());
  }

  @Override
  public void close() {
    closed.countDown();
    purge.close();
  }
}
