package dev.faultline.environment.database.ledger;

import dev.faultline.environment.database.sql.Timeline;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the connections of a run's writers are known by.
 *
 * @param application their {@code application_name}
 */
record Session(String application) {

  private static final int LONGEST_NAME = 63;

  /** The session of a run. */
  static Session of(String runId) {
    String name = "faultline ledger " + runId;
    return new Session(name.substring(0, Math.min(LONGEST_NAME, name.length())));
  }

  /** Marks a connection; the timeline of its server, or 0 where that is not known. */
  long begin(Connection connection) throws SQLException {
    connection.setClientInfo("ApplicationName", application);
    return Timeline.of(connection);
  }
}
