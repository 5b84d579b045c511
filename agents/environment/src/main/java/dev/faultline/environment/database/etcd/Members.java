package dev.faultline.environment.database.etcd;

import dev.faultline.environment.database.ledger.StoreTrouble;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the members of an etcd say of themselves. */
final class Members {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String STATUS = "/v3/maintenance/status";

  private Members() {}

  /** Who leads, who follows, and who does not answer; the leader and its term as settings. */
  static DatabaseState of(Gateway gateway) {
    List<Member> members = gateway.endpoints().stream().map(one -> ask(gateway, one)).toList();
    long term = members.stream().mapToLong(Member::term).max().orElse(0);
    List<Node> nodes = new ArrayList<>();
    Map<String, String> settings = new TreeMap<>();
    for (Member member : members) {
      Node node = member.node(term);
      nodes.add(node);
      if (node.role() == NodeRole.PRIMARY) {
        settings.put("leader", node.name());
        settings.put("raft.term", Long.toString(term));
      }
    }
    return new DatabaseState(nodes, settings);
  }

  private static Member ask(Gateway gateway, String endpoint) {
    String name = endpoint.replaceFirst("^http://", "");
    try {
      JsonNode said = Gateway.answer(gateway.call(endpoint, STATUS, Map.of(), PATIENCE));
      return new Member(
          name,
          said.at("/header/member_id").asString(""),
          said.path("leader").asString(""),
          said.at("/header/raft_term").asLong(0),
          "");
    } catch (StoreTrouble silent) {
      return new Member(name, "", "", 0, silent.words());
    }
  }

  /**
   * What one said.
   *
   * @param leader whom it follows; empty or 0 when nobody
   * @param silent why it did not answer; empty when it did
   */
  private record Member(String name, String id, String leader, long term, String silent) {

    /**
     * It as a node; one that takes itself for the leader of a term that is over leads nobody.
     *
     * @param newest the highest term that any of them knows
     */
    Node node(long newest) {
      boolean follows = !leader.isEmpty() && !leader.equals("0") && term == newest;
      NodeRole role =
          !silent.isEmpty()
              ? NodeRole.UNREACHABLE
              : follows && leader.equals(id) ? NodeRole.PRIMARY : NodeRole.STANDBY;
      String detail = silent.isEmpty() && !follows ? "knows no leader" : silent;
      return new Node(
          name,
          role,
          Optional.empty(),
          role == NodeRole.STANDBY && follows,
          Optional.empty(),
          detail);
    }
  }
}
