package dev.faultline.gameday.shared;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The tables of the store, with those of Quartz, in a schema of their own: made once, whoever comes
 * first.
 */
final class Tables {

  private static final int VERSION = 1;

  /** Whoever makes tables waits for whoever makes them. */
  private static final long LOCK = 0x6661756c746c6e65L;

  private static final String MISSING_RIGHT = "42501";
  private static final String OURS = "/dev/faultline/gameday/shared/tables.sql";
  private static final String OF_QUARTZ = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

  private final StoreAddress address;

  Tables(StoreAddress address) {
    this.address = address;
  }

  /**
   * Makes them where they are not there yet.
   *
   * @throws StoreRefused when they are of a newer Faultline, or a right is missing
   */
  void require(Connection connection) throws SQLException, StoreRefused {
    try {
      if (!isThere(connection)) {
        make(connection);
      }
    } catch (SQLException failure) {
      if (MISSING_RIGHT.equals(failure.getSQLState())) {
        throw missing(connection, failure);
      }
      throw failure;
    }
  }

  /**
   * Whether somebody has made them.
   *
   * @throws StoreRefused when they are of another Faultline
   */
  boolean isThere(Connection connection) throws SQLException, StoreRefused {
    OptionalInt version = version(connection);
    if (version.isPresent() && version.getAsInt() != VERSION) {
      throw new StoreRefused(
          "the tables in schema %s are of version %d"
              .formatted(address.schema(), version.getAsInt()),
          "this Faultline knows version %d".formatted(VERSION),
          "use the same Faultline on all machines, or another schema (currentSchema=NAME)");
    }
    return version.isPresent();
  }

  private OptionalInt version(Connection connection) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      // Not to_regclass: it may remember what was not there before another one committed.
      try (ResultSet known =
          sql.executeQuery(
              "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                  + " WHERE n.nspname = '%s' AND c.relname = 'version'"
                      .formatted(address.schema()))) {
        if (!known.next()) {
          return OptionalInt.empty();
        }
      }
      try (ResultSet version = sql.executeQuery("SELECT max(version) FROM version")) {
        return version.next() ? OptionalInt.of(version.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  private void make(Connection connection) throws SQLException, StoreRefused {
    connection.setAutoCommit(false);
    try (Statement sql = connection.createStatement()) {
      sql.execute("SELECT pg_advisory_xact_lock(%d)".formatted(LOCK));
      if (!isThere(connection)) {
        if (!hasSchema(sql)) {
          sql.execute("CREATE SCHEMA " + address.schema());
        }
        sql.execute(script(OF_QUARTZ));
        sql.execute(script(OURS));
      }
      connection.commit();
    } catch (SQLException | StoreRefused failure) {
      connection.rollback();
      throw failure;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private boolean hasSchema(Statement sql) throws SQLException {
    try (ResultSet known =
        sql.executeQuery(
            "SELECT 1 FROM pg_namespace WHERE nspname = '%s'".formatted(address.schema()))) {
      return known.next();
    }
  }

  /** Without what would throw tables away, or end the transaction. */
  private static String script(String resource) throws SQLException {
    try (InputStream text = Tables.class.getResourceAsStream(resource)) {
      if (text == null) {
        throw new SQLException("there is no " + resource);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("DROP ") && !line.startsWith("COMMIT"))
          .collect(Collectors.joining("\n"));
    } catch (IOException unreadable) {
      throw new SQLException(resource + " cannot be read", unreadable);
    }
  }

  private StoreRefused missing(Connection connection, SQLException failure) throws SQLException {
    String user = connection.getMetaData().getUserName();
    return new StoreRefused(
        "%s may not make or use the tables of the schedule in schema %s"
            .formatted(user, address.schema()),
        reason(failure),
        "let an administrator of the database say: CREATE SCHEMA %s AUTHORIZATION \"%s\""
            .formatted(address.schema(), user));
  }

  /** The first line of what was said, by the server where it said something. */
  static String reason(SQLException failure) {
    Throwable said = failure.getCause() instanceof SQLException cause ? cause : failure;
    return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
  }
}
