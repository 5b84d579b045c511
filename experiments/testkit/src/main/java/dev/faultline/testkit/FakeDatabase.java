package dev.faultline.testkit;

import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeRole;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two nodes; the second takes over some time after the first was lost, which then stands by. */
final class FakeDatabase {

  private final String name;
  private final Duration takesOver;
  private final Duration rebuilt;
  private Optional<Duration> lost = Optional.empty();
  private NodeRole first = NodeRole.PRIMARY;
  private NodeRole second = NodeRole.STANDBY;
  private Answer.Owner table = Answer.Owner.NOBODY;

  FakeDatabase(String name, Duration takesOver, Duration rebuilt) {
    this.name = name;
    this.takesOver = takesOver;
    this.rebuilt = rebuilt;
  }

  Instance.DatabaseInstance instance() {
    return new Instance.DatabaseInstance(
        name,
        "owner of " + name,
        Optional.of(state()),
        Optional.of(new FailoverWay.ByHands(EnumSet.allOf(FailoverKind.class), "the test")));
  }

  DatabaseState state() {
    return new DatabaseState(
        List.of(node(name + "-1", first), node(name + "-2", second)), Map.of());
  }

  private static Node node(String name, NodeRole role) {
    return new Node(name, role, Optional.of(1L), role == NodeRole.STANDBY, Optional.of(0L), "");
  }

  Answer role(String node) {
    NodeRole role = node.isEmpty() || node.equals(name + "-1") ? first : second;
    return new Answer.NodeIs(role, "");
  }

  Effect lose(FailoverKind how, Duration now) {
    lost = Optional.of(now);
    first =
        switch (how) {
          case CRASH, SERVER_CRASH -> NodeRole.GONE;
          case SWITCHOVER -> NodeRole.STANDBY;
          case PARTITION -> NodeRole.CUT_OFF;
        };
    return new Effect.Done("the primary is " + first.words());
  }

  Effect reconnect() {
    if (first == NodeRole.CUT_OFF) {
      first = NodeRole.STANDBY;
    }
    return new Effect.Done("reached again");
  }

  boolean isCutOff() {
    return first == NodeRole.CUT_OFF;
  }

  Answer.Owner table() {
    return table;
  }

  void table(Answer.Owner owner) {
    table = owner;
  }

  void settle(Duration now) {
    if (lost.isPresent() && now.compareTo(lost.get().plus(takesOver)) >= 0) {
      second = NodeRole.PRIMARY;
    }
    if (first == NodeRole.GONE && now.compareTo(lost.orElse(now).plus(rebuilt)) >= 0) {
      first = NodeRole.STANDBY;
    }
  }
}
