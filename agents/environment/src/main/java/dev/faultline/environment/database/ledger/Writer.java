package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.Connector;
import dev.faultline.environment.database.sql.SqlTrouble;
import dev.faultline.model.environment.Ledger;
import dev.faultline.model.world.Action.OpenLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** One writer: a connection of its own, one write under way at a time, again after every error. */
final class Writer implements Runnable {

  private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(200).toNanos();

  /** A late write is cancelled first; this much later its connection is given up. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final int number;
  private final Ledger ledger;
  private final Session session;
  private final Connector connector;
  private final Witness witness;
  private volatile boolean stopped;
  private volatile @Nullable Connection connection;
  private volatile long underWaySince;
  private long pause = FIRST_PAUSE;

  /**
   * A writer that has not begun.
   *
   * @param number from 0
   * @param session what marks its connections
   */
  Writer(int number, Ledger ledger, Session session, Connector connector, Witness witness) {
    this.number = number;
    this.ledger = ledger;
    this.session = session;
    this.connector = connector;
    this.witness = witness;
  }

  @Override
  public void run() {
    Pace pace = new Pace(number, ledger.writerCount(), ledger.perSecond(), System.nanoTime());
    while (!stopped) {
      try (Connection made = connector.connect(ledger.patience())) {
        connection = made;
        witness.reconnected();
        if (!stopped) {
          write(made, pace);
        }
      } catch (SQLException failure) {
        witness.reconnected();
      } finally {
        connection = null;
      }
      await(System.nanoTime() + pause);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  }

  /** Ends the loop after the write that is under way. */
  void stop(Thread thread) {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Gives the write up that is under way; what is broken already is left alone. */
  void abort() {
    tell(open -> open.abort(Runnable::run));
  }

  /** When the write that is under way was sent; 0 when none is. */
  long underWaySince() {
    return underWaySince;
  }

  /** Whether the write that is under way has had its time. */
  boolean isLate(long now) {
    long since = underWaySince;
    return since != 0 && now - since > ledger.patience().toNanos();
  }

  /**
   * Asks the server to end the write that is under way, so that it does not hold a connection for
   * ever where a standby that must confirm is gone.
   */
  void cancel() {
    tell(open -> open.unwrap(PGConnection.class).cancelQuery());
  }

  private interface Telling {
    void to(Connection open) throws SQLException;
  }

  private void tell(Telling telling) {
    Connection open = connection;
    try {
      if (open != null) {
        telling.to(open);
      }
    } catch (SQLException broken) {
      // Whoever uses the connection learns it too.
      witness.reconnected();
    }
  }

  private void write(Connection made, Pace pace) throws SQLException {
    made.setNetworkTimeout(
        Runnable::run, Math.toIntExact(ledger.patience().plus(GRACE).toMillis()));
    long timeline = session.begin(made);
    made.unwrap(PGConnection.class).setPrepareThreshold(1);
    try (PreparedStatement insert =
        made.prepareStatement(
            "insert into %s (writer, n) values (%d, ?)".formatted(OpenLedger.TABLE, number))) {
      boolean goesOn = true;
      while (goesOn && await(pace.next(System.nanoTime()))) {
        goesOn = write(insert, timeline);
      }
    }
  }

  /** Writes once; says whether the connection can be used for another write. */
  private boolean write(PreparedStatement insert, long timeline) {
    int n = witness.sent(number);
    underWaySince = System.nanoTime();
    Optional<String> error = error(insert, n);
    underWaySince = 0;
    if (error.isPresent()) {
      witness.failed(number, error.get());
      return false;
    }
    witness.acknowledged(number, timeline);
    pause = FIRST_PAUSE;
    return true;
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

  /** Waits for a moment; false when the writer has been stopped. */
  private boolean await(long moment) {
    while (!stopped) {
      long left = moment - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      LockSupport.parkNanos(this, left);
    }
    return false;
  }
}
