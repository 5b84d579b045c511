package dev.faultline.environment.patroni;

import dev.faultline.environment.postgres.NodeFailure;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Takes the primary from a cluster.
 *
 * @param cluster what was started
 */
record PatroniFaults(PatroniStart.Started cluster) {

  /** Does it, unless the node is no longer the leader. */
  Effect take(Action.FailOver action) throws InterruptedException {
    Optional<PatroniMember> leader = cluster.leader();
    if (leader.isEmpty()) {
      return new Effect.Failed("nobody leads %s at this moment".formatted(action.database()));
    }
    PatroniMember primary = leader.get();
    if (!action.node().isEmpty() && !action.node().equals(primary.name())) {
      return new Effect.Superseded(
          "%s is the primary by now, not %s".formatted(primary.name(), action.node()));
    }
    cluster.roster().lose(primary);
    try {
      return take(primary, action.kind());
    } catch (NodeFailure | IOException failure) {
      return new Effect.Failed(String.valueOf(failure.getMessage()));
    }
  }

  private Effect take(PatroniMember primary, FailoverKind kind)
      throws NodeFailure, IOException, InterruptedException {
    return switch (kind) {
      case CRASH -> {
        primary.node().kill();
        yield new Effect.Done("killed agent and server of " + primary.name());
      }
      case SERVER_CRASH -> {
        primary.node().killServer();
        yield new Effect.Done("killed the server of %s; its agent lives".formatted(primary.name()));
      }
      case SWITCHOVER -> new Effect.Done(switchOver(primary));
      case PARTITION -> {
        primary.cut();
        yield new Effect.Done(
            "%s is cut off from clients, other nodes and etcd".formatted(primary.name()));
      }
    };
  }

  private String switchOver(PatroniMember primary) throws IOException, InterruptedException {
    cluster.roster().setOrderly(true);
    try {
      return primary.api().switchOver(primary.name());
    } finally {
      cluster.roster().setOrderly(false);
    }
  }

  /** Lets nodes be reached again: the one that is named, or all. */
  static Effect join(Roster roster, Action.Reconnect action) {
    List<PatroniMember> cut =
        roster.all().stream()
            .filter(PatroniMember::isCut)
            .filter(member -> action.node().isEmpty() || member.name().equals(action.node()))
            .toList();
    cut.forEach(PatroniMember::join);
    return new Effect.Done(
        cut.isEmpty()
            ? "nothing is cut off"
            : String.join(", ", cut.stream().map(PatroniMember::name).toList())
                + " can be reached again");
  }
}
