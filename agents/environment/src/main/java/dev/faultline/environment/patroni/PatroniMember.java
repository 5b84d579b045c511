package dev.faultline.environment.patroni;

import dev.faultline.environment.lives.Passage;
import dev.faultline.environment.postgres.Access;
import dev.faultline.environment.postgres.SeenNode;
import dev.faultline.environment.postgres.ServerReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A node with the ways to it and from it.
 *
 * @param node its agent and its server
 * @param api of its agent, past the door that other nodes use
 * @param door the way of clients and of other nodes to its server
 * @param others its doors beside that: of its agent, and its own way to etcd
 * @param access of its superuser
 */
record PatroniMember(
    PatroniNode node, PatroniApi api, Passage door, List<Passage> others, Access access)
    implements SeenNode {

  PatroniMember {
    others = List.copyOf(others);
  }

  @Override
  public String name() {
    return node.name();
  }

  @Override
  public boolean isAlive() {
    return node.isServerAlive();
  }

  @Override
  public boolean isCut() {
    return door.isCut();
  }

  @Override
  public ServerReport report(Duration patience) throws SQLException {
    try (Connection connection = access.toServer(door.port(), patience)) {
      return ServerReport.over(connection);
    }
  }

  /** From now on nobody reaches it, and it reaches nobody. */
  void cut() {
    door.cut();
    others.forEach(Passage::cut);
  }

  /** It is reached again. */
  void join() {
    door.join();
    others.forEach(Passage::join);
  }
}
