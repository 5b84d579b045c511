package dev.faultline.environment.database.named;

import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import java.util.Map;

/** Who makes a database of the user's fail over. Thread-safe, each call bounded in time. */
sealed interface Means permits Programs, Patroni, PodDeletion {

  /** What it can do. */
  FailoverWay way();

  /** What of its settings decides about the outage; empty when it does not answer. */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** Whether a new primary can only be seen by looking at the nodes. */
  default boolean isSilent() {
    return true;
  }

  /**
   * Takes the role of the primary from a node.
   *
   * @param node as {@code host:port}
   */
  Effect take(FailoverKind kind, String node);
}
