package dev.faultline.gameday.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes from the tables what ended long ago, a batch at a time, in a thread of its own: no
 * check-in waits for it. What another scheduler removes at that moment is left to it.
 *
 * <p>What is on is never removed. No occasion runs twice for want of its row: it is planned before
 * the moment up to which the row of its game day says that all is decided.
 */
final class Purge implements AutoCloseable {

  private static final long EVERY = Duration.ofHours(1).toNanos();

  /** In a batch, of each table. */
  private static final int MOST = 1000;

  /** By the clock of the database; of each game day, the newest twenty stay whatever their age. */
  private static final String OLD_FIRINGS =
      """
      SELECT game_day, planned FROM firing f
      WHERE closed < now() - interval '90 days'
        AND EXISTS (SELECT 1 FROM firing n
          WHERE n.game_day = f.game_day AND n.planned > f.planned OFFSET 19)
      LIMIT ? FOR UPDATE OF f SKIP LOCKED
      """;

  private static final String THEIR_RUNS =
      """
      DELETE FROM run r USING unnest(?::text[], ?::text[]) AS gone (game_day, planned)
      WHERE r.game_day = gone.game_day AND r.planned = gone.planned
      """;

  private static final String THOSE_FIRINGS =
      """
      DELETE FROM firing f USING unnest(?::text[], ?::text[]) AS gone (game_day, planned)
      WHERE f.game_day = gone.game_day AND f.planned = gone.planned
      """;

  private static final String OLD_DROPPED =
      """
      WITH gone AS MATERIALIZED (
        SELECT game_day, planned FROM dropped WHERE at < now() - interval '90 days'
        LIMIT ? FOR UPDATE SKIP LOCKED)
      DELETE FROM dropped d USING gone
      WHERE d.game_day = gone.game_day AND d.planned = gone.planned
      """;

  private final Pool pool;
  private final Reach reach;
  private Optional<Long> last = Optional.empty();
  private volatile boolean closed;

  Purge(Pool pool, Reach reach) {
    this.pool = pool;
    this.reach = reach;
  }

  /**
   * Begins a batch where the last one was long ago. For the thread of the check-in.
   *
   * @param nanoTime of a clock that is never set
   */
  void whenDue(long nanoTime) {
    if (last.isPresent() && nanoTime - last.get() < EVERY) {
      return;
    }
    last = Optional.of(nanoTime);
    Thread _ = Thread.ofVirtual().name("purge").start(this::batch);
  }

  private void batch() {
    try (Connection db = pool.getConnection()) {
      db.setAutoCommit(false);
      firings(db);
      db.commit();
      dropped(db);
      db.commit();
    } catch (SQLException failure) {
      if (!closed && !isConnection(failure)) {
        reach.say(
            "What ended long ago could not be removed from the store (%s); that is tried again."
                .formatted(Tables.reason(failure)));
      }
    }
  }

  /** That the store is away, the check-in says. */
  private static boolean isConnection(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState())
        .map(state -> state.startsWith("08") || state.startsWith("57P"))
        .orElse(true);
  }

  private static void firings(Connection db) throws SQLException {
    List<String> days = new ArrayList<>();
    List<String> planned = new ArrayList<>();
    try (PreparedStatement old = db.prepareStatement(OLD_FIRINGS)) {
      old.setInt(1, MOST);
      try (ResultSet rows = old.executeQuery()) {
        while (rows.next()) {
          days.add(rows.getString(1));
          planned.add(rows.getString(2));
        }
      }
    }
    if (!days.isEmpty()) {
      delete(db, THEIR_RUNS, days, planned);
      delete(db, THOSE_FIRINGS, days, planned);
    }
  }

  private static void delete(Connection db, String sql, List<String> days, List<String> planned)
      throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      statement.setArray(1, db.createArrayOf("text", days.toArray()));
      statement.setArray(2, db.createArrayOf("text", planned.toArray()));
      int _ = statement.executeUpdate();
    }
  }

  private static void dropped(Connection db) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(OLD_DROPPED)) {
      statement.setInt(1, MOST);
      int _ = statement.executeUpdate();
    }
  }

  /** Begins none any more, and says nothing of one that is cut short. */
  @Override
  public void close() {
    closed = true;
  }
}
