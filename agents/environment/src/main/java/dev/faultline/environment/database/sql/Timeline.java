package dev.faultline.environment.database.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The number of a server's history, which each promotion raises. */
public final class Timeline {

  private static final String MAY_NOT = "42501";
  private static final String TIMELINE =
      "select case when pg_is_in_recovery() then ''"
          + " else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end";

  private Timeline() {}

  /**
   * That of a primary, asked outside of a transaction; 0 of a standby, and where it may not be
   * asked.
   */
  public static long of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(TIMELINE)) {
      String digits = result.next() ? result.getString(1) : "";
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 16);
    } catch (SQLException refused) {
      if (MAY_NOT.equals(refused.getSQLState())) {
        return 0;
      }
      throw refused;
    }
  }
}
