package dev.faultline.environment.postgres;

import dev.faultline.environment.lives.Passage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A node with the ways to it.
 *
 * @param node the server
 * @param door the way of clients and checks
 * @param replication the way of the one that follows it
 * @param access of its superuser
 */
record Member(PostgresNode node, Passage door, Passage replication, Access access)
    implements SeenNode {

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public boolean isAlive() {
    return node.isAlive();
  }

  /** A superuser's connection by the way of clients. */
  Connection connect(Duration patience) throws SQLException {
    return access.toServer(door.port(), patience);
  }

  @Override
  public ServerReport report(Duration patience) throws SQLException {
    try (Connection connection = connect(patience)) {
      return ServerReport.over(connection);
    }
  }

  @Override
  public boolean isCut() {
    return door.isCut();
  }

  /** From now on nobody reaches it. */
  void cut() {
    door.cut();
    replication.cut();
  }

  /** It is reached again. */
  void join() {
    door.join();
    replication.join();
  }

  void closeRelays() {
    door.close();
    replication.close();
  }
}
