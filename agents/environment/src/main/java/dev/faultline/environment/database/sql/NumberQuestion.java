package dev.faultline.environment.database.sql;

import dev.faultline.judge.BlindReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Query.SqlNumber;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.Set;
import org.postgresql.core.Parser;

/** Puts a user's statement that selects one number. */
public final class NumberQuestion {

  /** The server ends a statement first, so that its connection does not outlive the question. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final Set<Integer> NUMERIC =
      Set.of(
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL);

  private NumberQuestion() {}

  /**
   * The number, or why there is none. The statement is put as it is, in a transaction that may only
   * read and is taken back; several statements are refused, as one of them could end it.
   */
  public static Answer ask(SqlNumber query, Connector connector) {
    Duration timeout = query.timeout();
    try {
      return isSingle(query.statement())
          ? ask(query.statement(), timeout, connector)
          : none(BlindReason.REFUSED, "only one statement can be asked");
    } catch (SQLException failure) {
      SqlTrouble trouble = SqlTrouble.of(failure);
      return none(trouble.reason(), trouble.words());
    }
  }

  private static Answer ask(String statement, Duration timeout, Connector connector)
      throws SQLException {
    try (Connection connection = connector.connect(timeout)) {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.plus(GRACE).toMillis()));
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try (Statement bound = connection.createStatement()) {
        bound.execute("set local statement_timeout = " + timeout.toMillis());
      }
      return read(connection, statement);
    }
  }

  private static Answer read(Connection connection, String statement) throws SQLException {
    try (Statement select = connection.createStatement()) {
      select.setEscapeProcessing(false);
      select.setMaxRows(2);
      if (!select.execute(statement)) {
        return none(BlindReason.MALFORMED, "the statement selects nothing");
      }
      try (ResultSet rows = select.getResultSet()) {
        return read(rows);
      }
    }
  }

  /** Asked of the driver's own parser, as the driver would split the text into statements. */
  private static boolean isSingle(String text) throws SQLException {
    return Parser.parseJdbcSql(text, true, false, true, false, false).size() == 1;
  }

  private static Answer read(ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    if (columns != 1) {
      return none(BlindReason.MALFORMED, "%d columns where one is needed".formatted(columns));
    }
    if (!NUMERIC.contains(rows.getMetaData().getColumnType(1))) {
      String type = rows.getMetaData().getColumnTypeName(1);
      return none(BlindReason.MALFORMED, "%s is not a number".formatted(type));
    }
    if (!rows.next()) {
      return none(BlindReason.NO_DATA, "the statement selects no row");
    }
    double value = rows.getDouble(1);
    if (rows.wasNull()) {
      return none(BlindReason.NO_DATA, "the statement selects null");
    }
    return rows.next()
        ? none(BlindReason.AMBIGUOUS, "several rows where one is needed")
        : new Answer.Numeric(value);
  }

  private static Answer none(BlindReason reason, String words) {
    return new Answer.Unanswered(reason, words);
  }
}
