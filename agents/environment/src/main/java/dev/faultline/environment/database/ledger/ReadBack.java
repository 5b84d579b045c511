package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.Connector;
import dev.faultline.environment.database.sql.Timeline;
import dev.faultline.model.world.Action.OpenLedger;
import dev.faultline.model.world.LedgerAccount.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Reads the table of a ledger on the present primary and compares it with the book. Not
 * thread-safe.
 *
 * <p>What was found is kept, half a byte for each number, and only later rows are read the next
 * time, as long as the same server answers and nothing has failed meanwhile. The whole table is
 * read again in any other case, and now and then: so that all of these together take a tenth of the
 * time.
 */
final class ReadBack {

  private static final int AT_ONCE = 10_000;
  private static final int SHARE = 10;
  private static final String SERVER =
      "select pg_postmaster_start_time()::text || ' ' || '%s'::regclass::oid"
          .formatted(OpenLedger.TABLE);

  private final Book book;
  private final MarkedTable table;
  private final Connector connector;
  private final int writers;
  private Found found;
  private String server = "";
  private long incidents;
  private long wholeBegan;
  private long wholeTook;

  ReadBack(Book book, MarkedTable table, Connector connector, int writers) {
    this.book = book;
    this.table = table;
    this.connector = connector;
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
   * @param within how long it may take
   */
  Taken read(boolean whole, Duration within) throws SQLException, Unread, ImpossibleRow {
    long began = System.nanoTime();
    long deadline = began + within.toNanos();
    Book.Moment before = book.moment();
    try (Connection connection = connector.connect(within)) {
      connection.setNetworkTimeout(Runnable::run, left(deadline, within));
      requireNewest(Timeline.of(connection), before);
      read(connection, whole || before.incidents() != incidents, deadline, within);
    } catch (SQLException | Unread | ImpossibleRow failure) {
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

  private void read(Connection connection, boolean whole, long deadline, Duration within)
      throws SQLException, Unread, ImpossibleRow {
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = " + left(deadline, within));
    }
    switch (table.owner(connection)) {
      case OURS -> readOurs(connection, whole, deadline, within);
      // The primary has none: with it, everything that was acknowledged is gone.
      case NOBODY -> begin("");
      case ANOTHER_RUN, FOREIGN ->
          throw new Unread("the table %s is no longer this run's".formatted(OpenLedger.TABLE));
    }
    connection.rollback();
  }

  private void readOurs(Connection connection, boolean whole, long deadline, Duration within)
      throws SQLException, Unread, ImpossibleRow {
    String now = server(connection);
    boolean afresh = whole || !now.equals(server) || isDue();
    if (afresh) {
      begin(now);
    }
    readRows(connection, deadline, within);
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

  private static String server(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SERVER)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  private void readRows(Connection connection, long deadline, Duration within)
      throws SQLException, Unread, ImpossibleRow {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select seq, writer, n from %s where seq > ? order by seq"
                .formatted(OpenLedger.TABLE))) {
      select.setFetchSize(AT_ONCE);
      select.setLong(1, found.after());
      try (ResultSet rows = select.executeQuery()) {
        for (long read = 1; rows.next(); read++) {
          found.add(rows.getLong(1), rows.getInt(2), rows.getLong(3));
          if (read % AT_ONCE == 0) {
            connection.setNetworkTimeout(Runnable::run, left(deadline, within));
          }
        }
      }
    }
  }

  /** The milliseconds that are left, at least one. */
  private static int left(long deadline, Duration within) throws Unread {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new Unread("it could not be read within %d ms".formatted(within.toMillis()));
    }
    return Math.toIntExact(Math.min(left, Integer.MAX_VALUE));
  }
}
