package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.Timeline;
import dev.faultline.model.world.Action.OpenLedger;
import dev.faultline.model.world.Answer.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads the table of a ledger over one connection, in a transaction that may only read. */
final class TableReading implements LedgerStore.Reading {

  private static final int AT_ONCE = 10_000;
  private static final String SERVER =
      "select pg_postmaster_start_time()::text || ' ' || '%s'::regclass::oid"
          .formatted(OpenLedger.TABLE);

  private final Connection connection;
  private final MarkedTable table;
  private final Within within;
  private final long timeline;

  private TableReading(Connection connection, MarkedTable table, Within within, long timeline) {
    this.connection = connection;
    this.table = table;
    this.within = within;
    this.timeline = timeline;
  }

  /** A reading over a connection, which is closed with it, and where there can be none. */
  static TableReading on(Connection connection, MarkedTable table, Within within)
      throws SQLException, Unread {
    try {
      connection.setNetworkTimeout(Runnable::run, left(within));
      return new TableReading(connection, table, within, Timeline.of(connection));
    } catch (SQLException | Unread failure) {
      try (connection) {
        throw failure;
      }
    }
  }

  @Override
  public long timeline() {
    return timeline;
  }

  @Override
  public Owner owner() throws StoreTrouble, Unread {
    try {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local statement_timeout = " + left(within));
      }
      return table.owner(connection);
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }

  @Override
  public String server() throws StoreTrouble {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SERVER)) {
      return result.next() ? result.getString(1) : "";
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }

  @Override
  public void tell(Found found) throws StoreTrouble, Unread, ImpossibleRow {
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
            connection.setNetworkTimeout(Runnable::run, left(within));
          }
        }
      }
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }

  private static int left(Within within) throws Unread {
    return Math.toIntExact(within.left().toMillis());
  }

  @Override
  public void close() throws StoreTrouble {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }
}
