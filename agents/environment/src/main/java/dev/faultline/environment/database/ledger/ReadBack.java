package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.ledger.LedgerStore.Reading;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.time.Duration;

/**
 * Reads what a ledger has in its database and compares it with the book. Not thread-safe.
 *
 * <p>What was found is kept, half a byte for each number, and only later rows are read the next
 * time, as long as the same server answers and nothing has failed meanwhile. All of it is read
 * again in any other case, and now and then: so that all of these together take a tenth of the
 * time.
 */
final class ReadBack {

  private static final int SHARE = 10;

  private final Book book;
  private final LedgerStore store;
  private final int writers;
  private Found found;
  private String server = "";
  private long incidents;
  private long wholeBegan;
  private long wholeTook;

  ReadBack(Book book, LedgerStore store, int writers) {
    this.book = book;
    this.store = store;
    this.writers = writers;
    this.found = new Found(writers);
  }

  /**
   * What a tally was taken from.
   *
   * @param incidents of the book before it was taken
   * @param began when, in nanoseconds of the system's clock
   */
  record Taken(Tally tally, long incidents, long began) {}

  /**
   * Reads and compares.
   *
   * @param whole whether no row may be taken from an earlier reading
   * @param asked how long it may take
   */
  Taken read(boolean whole, Duration asked) throws StoreTrouble, Unread, ImpossibleRow {
    long began = System.nanoTime();
    Within within = Within.of(asked);
    Book.Moment before = book.moment();
    try (Reading reading = store.read(within)) {
      requireNewest(reading.timeline(), before);
      read(reading, whole || before.incidents() != incidents);
    } catch (StoreTrouble | Unread | ImpossibleRow failure) {
      server = "";
      throw failure;
    }
    incidents = before.incidents();
    return new Taken(book.comparison(before, book.moment()).with(found), before.incidents(), began);
  }

  private static void requireNewest(long timeline, Book.Moment before) throws Unread {
    if (timeline > 0 && timeline < before.timeline()) {
      throw new Unread(
          "the server that answered is of timeline %d, and one of timeline %d has acknowledged"
                  .formatted(timeline, before.timeline())
              + " writes: an old primary is still there");
    }
  }

  private void read(Reading reading, boolean whole) throws StoreTrouble, Unread, ImpossibleRow {
    switch (reading.owner()) {
      case OURS -> readOurs(reading, whole);
      // The primary has none: with it, everything that was acknowledged is gone.
      case NOBODY -> begin("");
      case ANOTHER_RUN, FOREIGN ->
          throw new Unread("the %s is no longer this run's".formatted(store.place()));
    }
  }

  private void readOurs(Reading reading, boolean whole) throws StoreTrouble, Unread, ImpossibleRow {
    String now = reading.server();
    boolean afresh = whole || !now.equals(server) || isDue();
    if (afresh) {
      begin(now);
    }
    reading.tell(found);
    if (afresh) {
      wholeTook = System.nanoTime() - wholeBegan;
    }
  }

  private boolean isDue() {
    return System.nanoTime() - wholeBegan > SHARE * wholeTook;
  }

  private void begin(String anew) {
    server = anew;
    found = new Found(writers);
    wholeBegan = System.nanoTime();
  }
}
