package dev.faultline.environment.database.named;

import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.environment.database.sql.Timeline;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.NodeRole;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one node said of itself.
 *
 * @param node as it stands; without its lag
 * @param position of a primary the byte that it writes next, of a standby the last that it has on
 *     disk; empty where not known
 * @param settings of a primary, those that decide about loss
 */
record NodeProbe(Node node, Optional<Long> position, Map<String, String> settings) {

  private static final String RECOVERY = "select pg_is_in_recovery()";
  private static final String PRIMARY =
      "select pg_current_wal_lsn() - '0/0'::pg_lsn, current_setting('synchronous_standby_names'),"
          + " current_setting('synchronous_commit')";

  /** Without the right to read all statistics only the process is seen, not its status. */
  private static final String STANDBY =
      "select pg_last_wal_receive_lsn() - '0/0'::pg_lsn, exists (select from pg_stat_wal_receiver"
          + " where pid is not null and coalesce(status, 'streaming') = 'streaming'),"
          + " (select received_tli from pg_stat_wal_receiver)";

  /** A node that did not answer. */
  static NodeProbe silent(String name, SQLException failure) {
    return silent(name, SqlTrouble.of(failure).words());
  }

  /** A node that did not answer, and why. */
  static NodeProbe silent(String name, String why) {
    Node node =
        new Node(name, NodeRole.UNREACHABLE, Optional.empty(), false, Optional.empty(), why);
    return new NodeProbe(node, Optional.empty(), Map.of());
  }

  /** Asks a node what it is. */
  static NodeProbe of(String name, Connection connection) throws SQLException {
    return isStandby(connection) ? standby(name, connection) : primary(name, connection);
  }

  /** Whether a node follows another one. */
  static boolean isStandby(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RECOVERY)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static NodeProbe primary(String name, Connection connection) throws SQLException {
    long timeline = Timeline.of(connection);
    Optional<Long> known = timeline == 0 ? Optional.empty() : Optional.of(timeline);
    Node node = new Node(name, NodeRole.PRIMARY, known, false, Optional.empty(), "");
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PRIMARY)) {
      row.next();
      Map<String, String> settings = new TreeMap<>();
      settings.put("synchronous_standby_names", row.getString(2));
      settings.put("synchronous_commit", row.getString(3));
      return new NodeProbe(node, number(row, 1), settings);
    }
  }

  private static NodeProbe standby(String name, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STANDBY)) {
      row.next();
      Node node =
          new Node(name, NodeRole.STANDBY, number(row, 3), row.getBoolean(2), Optional.empty(), "");
      return new NodeProbe(node, number(row, 1), Map.of());
    }
  }

  private static Optional<Long> number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }

  /** The node with what it lacks of the primary's bytes, if it is a standby. */
  Node behind(Optional<Long> primary) {
    Optional<Long> lag =
        node.role() == NodeRole.STANDBY
            ? primary.flatMap(end -> position.map(own -> Math.max(0, end - own)))
            : Optional.empty();
    return new Node(
        node.name(), node.role(), node.timeline(), node.streaming(), lag, node.detail());
  }
}
