package dev.faultline.environment.database.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Where connections come from. Thread-safe. */
@FunctionalInterface
public interface Connector {

  /**
   * A new connection to whichever node takes writes now.
   *
   * @param patience how long the connection, and later each statement on it, may take
   * @throws SQLException when there is none in time; its message holds no secret
   */
  Connection connect(Duration patience) throws SQLException;
}
