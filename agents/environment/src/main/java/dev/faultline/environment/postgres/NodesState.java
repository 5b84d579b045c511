package dev.faultline.environment.postgres;

import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.NodeRole;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the nodes of a database stand, as clients would see it. Thread-safe.
 *
 * @param nodes all of them
 * @param leader the one whose settings count, should several take writes
 * @param settings of what watches over them, which is told where a primary answers
 */
public record NodesState(
    List<? extends SeenNode> nodes, String leader, Map<String, String> settings) {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** What was seen of one node: it answered, or why not. */
  private record Seen(SeenNode seen, Optional<ServerReport> report, NodeRole role, String detail) {

    static Seen of(SeenNode node) {
      if (!node.isAlive()) {
        return new Seen(node, Optional.empty(), NodeRole.GONE, "its server does not run");
      }
      if (node.isCut()) {
        return new Seen(node, Optional.empty(), NodeRole.CUT_OFF, "it runs, and is cut off");
      }
      try {
        ServerReport report = node.report(PATIENCE);
        NodeRole role = report.primary() ? NodeRole.PRIMARY : NodeRole.STANDBY;
        return new Seen(node, Optional.of(report), role, "");
      } catch (SQLException failure) {
        return new Seen(node, Optional.empty(), NodeRole.UNREACHABLE, Access.reason(failure));
      }
    }
  }

  /** All nodes now; takes a second at most for each that does not answer. */
  public DatabaseState now() {
    List<Seen> seen = nodes.stream().map(Seen::of).toList();
    Map<String, ServerReport.Follower> followers = new HashMap<>();
    Map<String, String> told = new LinkedHashMap<>();
    for (Seen node : seen) {
      node.report()
          .filter(ServerReport::primary)
          .ifPresent(
              report -> {
                followers.putAll(report.followers());
                if (told.isEmpty() || node.seen().name().equals(leader)) {
                  told.putAll(report.settings());
                }
              });
    }
    if (!told.isEmpty()) {
      told.putAll(settings);
    }
    return new DatabaseState(
        seen.stream()
            .map(node -> node(node, Optional.ofNullable(followers.get(node.seen().name()))))
            .toList(),
        told);
  }

  /** One node now. */
  public static Node one(SeenNode node) {
    return node(Seen.of(node), Optional.empty());
  }

  private static Node node(Seen one, Optional<ServerReport.Follower> follower) {
    return new Node(
        one.seen().name(),
        one.role(),
        one.report().flatMap(ServerReport::timeline),
        one.role() == NodeRole.STANDBY
            && follower.map(ServerReport.Follower::streaming).orElse(false),
        one.role() == NodeRole.STANDBY
            ? follower.flatMap(ServerReport.Follower::lag)
            : Optional.empty(),
        one.detail());
  }
}
