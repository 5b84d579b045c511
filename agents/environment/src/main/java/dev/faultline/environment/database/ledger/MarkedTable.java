package dev.faultline.environment.database.ledger;

import dev.faultline.model.world.Action.OpenLedger;
import dev.faultline.model.world.Answer.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * The table of a ledger. A comment on it says which run made it; only that run drops it.
 *
 * @param runId the run
 */
record MarkedTable(String runId) {

  private static final String MARK = "Faultline's ledger of run ";
  private static final String COMMENT =
      "select obj_description(oid, 'pg_class') from pg_class where oid = to_regclass('%s')"
          .formatted(OpenLedger.TABLE);

  /** Neither waits for a standby, which may be gone; locks are not waited for without bound. */
  private static final String BOUNDS =
      "set local lock_timeout = '2s'; set local statement_timeout = '5s';"
          + " set local synchronous_commit = local";

  /** Whose the table is. */
  Owner owner(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(COMMENT)) {
      if (!result.next()) {
        return Owner.NOBODY;
      }
      String comment = result.getString(1);
      if (comment == null || !comment.startsWith(MARK)) {
        return Owner.FOREIGN;
      }
      return comment.equals(MARK + runId) ? Owner.OURS : Owner.ANOTHER_RUN;
    }
  }

  /**
   * Creates the table, or nothing.
   *
   * @throws NotOurs when there is one
   */
  void create(Connection connection) throws SQLException, NotOurs {
    connection.setAutoCommit(false);
    Owner owner = owner(connection);
    if (owner != Owner.NOBODY) {
      throw new NotOurs(owner, "table " + OpenLedger.TABLE);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(BOUNDS);
      statement.execute(
          ("create table %s (seq bigint generated always as identity primary key,"
                  + " writer integer not null, n bigint not null,"
                  + " at timestamptz not null default clock_timestamp())")
              .formatted(OpenLedger.TABLE));
      String mark = connection.unwrap(PGConnection.class).escapeLiteral(MARK + runId);
      statement.execute("comment on table %s is '%s'".formatted(OpenLedger.TABLE, mark));
    }
    connection.commit();
  }

  /** Drops the table if it is the run's own, after what the run's writers may still do in it. */
  Owner drop(Connection connection, Session session) throws SQLException {
    connection.setAutoCommit(false);
    Owner owner = owner(connection);
    if (owner == Owner.OURS) {
      end(connection, session);
      try (Statement statement = connection.createStatement()) {
        statement.execute(BOUNDS);
        statement.execute("drop table " + OpenLedger.TABLE);
      }
    }
    connection.commit();
    return owner;
  }

  /** A write whose client is gone may wait for a standby for ever, and hold the table. */
  private static void end(Connection connection, Session session) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?"
                + " and usename = current_user and datname = current_database()"
                + " and pid <> pg_backend_pid()")) {
      statement.setString(1, session.application());
      statement.execute();
    }
  }
}
