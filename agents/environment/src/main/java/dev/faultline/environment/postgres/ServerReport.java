package dev.faultline.environment.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a server says of itself.
 *
 * @param primary whether it takes writes
 * @param timeline the number of its history; empty where a standby follows nobody
 * @param settings those that decide about loss
 * @param followers who receives what it writes, by name
 */
public record ServerReport(
    boolean primary,
    Optional<Long> timeline,
    Map<String, String> settings,
    Map<String, Follower> followers) {

  // The control file would still tell the old timeline right after a promotion.
  private static final String SELF =
      """
      select not pg_is_in_recovery(),
        case when pg_is_in_recovery()
          then (select received_tli::bigint from pg_stat_wal_receiver)
          else ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint end,
        current_setting('synchronous_standby_names'), current_setting('synchronous_commit')""";
  private static final String FOLLOWERS =
      """
      select application_name, state = 'streaming', sync_state in ('sync', 'quorum'),
        greatest(0, pg_wal_lsn_diff(pg_current_wal_lsn(), flush_lsn))::bigint
      from pg_stat_replication""";

  /**
   * One that follows.
   *
   * @param streaming whether it has caught up with what is sent
   * @param synchronous whether commits wait for it
   * @param lag bytes that it has not on disk; empty where it has not said
   */
  public record Follower(boolean streaming, boolean synchronous, Optional<Long> lag) {}

  /** Asks over a connection of a superuser. */
  public static ServerReport over(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet self = statement.executeQuery(SELF)) {
      self.next();
      boolean primary = self.getBoolean(1);
      Optional<Long> timeline = number(self, 2);
      Map<String, String> settings =
          Map.of(
              "synchronous_standby_names", self.getString(3),
              "synchronous_commit", self.getString(4));
      return new ServerReport(
          primary, timeline, settings, primary ? followers(connection) : Map.of());
    }
  }

  private static Map<String, Follower> followers(Connection connection) throws SQLException {
    Map<String, Follower> followers = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(FOLLOWERS)) {
      while (rows.next()) {
        followers.put(
            rows.getString(1),
            new Follower(rows.getBoolean(2), rows.getBoolean(3), number(rows, 4)));
      }
    }
    return followers;
  }

  private static Optional<Long> number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(number);
  }
}
