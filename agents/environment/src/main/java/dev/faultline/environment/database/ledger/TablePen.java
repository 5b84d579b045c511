package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.model.world.Action.OpenLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;

/** Inserts the rows of one writer, each in a transaction of its own. */
final class TablePen implements LedgerStore.Pen {

  /** A late write is cancelled first; this much later its connection is given up. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Connection connection;
  private final int writer;
  private final Duration patience;
  private final Session session;
  private Optional<PreparedStatement> insert = Optional.empty();
  private long timeline;

  /**
   * A way that is open.
   *
   * @param session what marks the connection
   */
  TablePen(Connection connection, int writer, Duration patience, Session session) {
    this.connection = connection;
    this.writer = writer;
    this.patience = patience;
    this.session = session;
  }

  @Override
  public void begin() throws StoreTrouble {
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(patience.plus(GRACE).toMillis()));
      timeline = session.begin(connection);
      connection.unwrap(PGConnection.class).setPrepareThreshold(1);
      insert =
          Optional.of(
              connection.prepareStatement(
                  "insert into %s (writer, n) values (%d, ?)".formatted(OpenLedger.TABLE, writer)));
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }

  @Override
  public long timeline() {
    return timeline;
  }

  @Override
  public Optional<String> write(int number) {
    return insert.map(row -> error(row, number)).orElseGet(() -> Optional.of("it has not begun"));
  }

  /** A warning takes the acknowledgement back: the standby that must confirm has not done so. */
  private static Optional<String> error(PreparedStatement insert, int n) {
    try {
      insert.setInt(1, n);
      insert.executeUpdate();
      SQLWarning warning = insert.getWarnings();
      return Optional.ofNullable(warning).map(SqlTrouble::of).map(SqlTrouble::words);
    } catch (SQLException failure) {
      return Optional.of(SqlTrouble.of(failure).words());
    }
  }

  /** A standby that must confirm may be gone, and a write wait for it for ever. */
  @Override
  public void cancel() throws StoreTrouble {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }

  @Override
  public void abort() throws StoreTrouble {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }

  /** Its statement ends with it. */
  @Override
  public void close() throws StoreTrouble {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw TableStore.trouble(failure);
    }
  }
}
