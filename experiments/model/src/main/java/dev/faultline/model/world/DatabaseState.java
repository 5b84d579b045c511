package dev.faultline.model.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database and its nodes at one moment.
 *
 * @param nodes in the order in which clients try them
 * @param settings what decides about loss and outage, by the name that its owner would change, such
 *     as {@code synchronous_standby_names} or {@code controller.interval}; as the primary says, or
 *     empty when there is none
 */
public record DatabaseState(List<Node> nodes, Map<String, String> settings) {

  /** Keeps the parts unchangeable. */
  public DatabaseState {
    nodes = List.copyOf(nodes);
    settings = Map.copyOf(settings);
  }

  /**
   * One node.
   *
   * @param name what people call it
   * @param role what it is
   * @param timeline number of its history, which each promotion raises; empty where not known
   * @param streaming of a standby: whether it receives what the primary writes at this moment
   * @param lag of a standby: bytes of the primary that it has not on disk; empty where not known
   * @param detail why it does not answer; empty when it does
   */
  public record Node(
      String name,
      NodeRole role,
      Optional<Long> timeline,
      boolean streaming,
      Optional<Long> lag,
      String detail) {}

  /** The one node that takes writes; the first, should there be several. */
  public Optional<Node> primary() {
    return with(NodeRole.PRIMARY).stream().findFirst();
  }

  /** The nodes in a role. */
  public List<Node> with(NodeRole role) {
    return nodes.stream().filter(node -> node.role() == role).toList();
  }

  /** The state in a line, such as {@code orders-db-1 primary, orders-db-2 standby}. */
  public String words() {
    return String.join(
        ", ", nodes.stream().map(node -> node.name() + " " + node.role().words()).toList());
  }
}
