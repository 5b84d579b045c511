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
 * @param plan the database
 * @param members its nodes
 */
record PairState(PairPlan plan, Members members) {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** What was seen of one node: it answered, or why not. */
  private record Seen(Member member, Optional<ServerReport> report, NodeRole role, String detail) {

    static Seen of(Member member) {
      if (!member.node().isAlive()) {
        return new Seen(member, Optional.empty(), NodeRole.GONE, "its server does not run");
      }
      if (member.isCut()) {
        return new Seen(member, Optional.empty(), NodeRole.CUT_OFF, "it runs, and is cut off");
      }
      try {
        ServerReport report = member.report(PATIENCE);
        NodeRole role = report.primary() ? NodeRole.PRIMARY : NodeRole.STANDBY;
        return new Seen(member, Optional.of(report), role, "");
      } catch (SQLException failure) {
        return new Seen(member, Optional.empty(), NodeRole.UNREACHABLE, Access.reason(failure));
      }
    }
  }

  /** All nodes now; takes a second at most for each that does not answer. */
  DatabaseState now() {
    List<Seen> seen = members.all().stream().map(Seen::of).toList();
    Map<String, ServerReport.Follower> followers = new HashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    for (Seen node : seen) {
      node.report()
          .filter(ServerReport::primary)
          .ifPresent(
              report -> {
                followers.putAll(report.followers());
                if (settings.isEmpty() || node.member().name().equals(members.primary().name())) {
                  settings.putAll(report.settings());
                }
              });
    }
    if (!settings.isEmpty()) {
      settings.putAll(plan.settings());
    }
    return new DatabaseState(
        seen.stream()
            .map(node -> node(node, Optional.ofNullable(followers.get(node.member().name()))))
            .toList(),
        settings);
  }

  /** One node now. */
  static Node one(Member member) {
    return node(Seen.of(member), Optional.empty());
  }

  private static Node node(Seen seen, Optional<ServerReport.Follower> follower) {
    return new Node(
        seen.member().name(),
        seen.role(),
        seen.report().flatMap(ServerReport::timeline),
        seen.role() == NodeRole.STANDBY
            && follower.map(ServerReport.Follower::streaming).orElse(false),
        seen.role() == NodeRole.STANDBY
            ? follower.flatMap(ServerReport.Follower::lag)
            : Optional.empty(),
        seen.detail());
  }
}
