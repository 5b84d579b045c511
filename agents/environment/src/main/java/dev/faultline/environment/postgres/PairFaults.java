package dev.faultline.environment.postgres;

import dev.faultline.model.world.Action;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import java.util.List;

/**
 * Takes the primary from a database.
 *
 * @param members its nodes
 * @param succession for what is done in order
 */
record PairFaults(Members members, Succession succession) {

  /** Does it, unless the node is no longer the primary. */
  Effect take(Action.FailOver action) {
    Member primary = members.primary();
    if (!action.node().isEmpty() && !action.node().equals(primary.name())) {
      return new Effect.Superseded(
          "%s is the primary by now, not %s".formatted(primary.name(), action.node()));
    }
    try {
      return take(primary, action.kind());
    } catch (NodeFailure failure) {
      return new Effect.Failed(String.valueOf(failure.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Effect.Failed("interrupted");
    }
  }

  private Effect take(Member primary, FailoverKind kind) throws NodeFailure, InterruptedException {
    return switch (kind) {
      case CRASH -> {
        members.lose(primary);
        primary.node().kill();
        yield new Effect.Done("killed all processes of " + primary.name());
      }
      case SERVER_CRASH ->
          new Effect.Failed(
              "no agent watches over %s; crash is the same".formatted(primary.name()));
      case SWITCHOVER -> {
        members.lose(primary);
        succession.switchOver();
        yield new Effect.Done(
            "%s stopped, %s takes writes".formatted(primary.name(), members.primary().name()));
      }
      case PARTITION -> {
        members.lose(primary);
        primary.cut();
        yield new Effect.Done("%s is cut off".formatted(primary.name()));
      }
    };
  }

  /** Lets nodes be reached again: the one that is named, or all. */
  static Effect join(Members members, Action.Reconnect action) {
    List<Member> cut =
        members.all().stream()
            .filter(Member::isCut)
            .filter(member -> action.node().isEmpty() || member.name().equals(action.node()))
            .toList();
    cut.forEach(Member::join);
    return new Effect.Done(
        cut.isEmpty()
            ? "nothing is cut off"
            : String.join(", ", cut.stream().map(Member::name).toList()) + " can be reached again");
  }
}
