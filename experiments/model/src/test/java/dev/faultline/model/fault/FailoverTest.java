package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.DatabaseState.Node;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.FailoverWay;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FailoverTest {

  private static final Setting SETTING =
      new Setting("fo", Duration.ofSeconds(10), Duration.ofSeconds(10));
  private static final FailoverWay HANDS =
      new FailoverWay.ByHands(EnumSet.allOf(FailoverKind.class), "the lab");
  private static final Node PRIMARY = node("db-1", NodeRole.PRIMARY, false, "");
  private static final Node STANDBY = node("db-2", NodeRole.STANDBY, true, "");

  private static Node node(String name, NodeRole role, boolean streaming, String detail) {
    return new Node(name, role, Optional.of(1L), streaming, Optional.empty(), detail);
  }

  private static Instance database(Optional<FailoverWay> way, Node... nodes) {
    return new Instance.DatabaseInstance(
        "db", "db", Optional.of(new DatabaseState(List.of(nodes), Map.of())), way);
  }

  private static List<Step> plan(FailoverKind how, Instance target) {
    return new Failover(how).plan(target, SETTING);
  }

  private static void refused(FailoverKind how, Instance target, String... words) {
    assertThatThrownBy(() -> plan(how, target))
        .isInstanceOf(FaultRefused.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aCrashTakesThePrimaryOfTheMomentAndLeavesNothingToUndo() {
    Step step = plan(FailoverKind.CRASH, database(Optional.of(HANDS), PRIMARY, STANDBY)).getFirst();

    assertThat(step.action()).isEqualTo(new Action.FailOver("db", "db-1", FailoverKind.CRASH));
    assertThat(step.undo()).isEmpty();
    assertThat(step.proof().orElseThrow().query()).isEqualTo(new Query.NodeStatus("db", "db-1"));
    assertThat(step.proof().orElseThrow().expects())
        .isEqualTo(
            new Expectation.NodeIn(Set.of(NodeRole.GONE, NodeRole.UNREACHABLE, NodeRole.STANDBY)));
  }

  @Test
  void aPartitionIsTakenBack() {
    Step step =
        plan(FailoverKind.PARTITION, database(Optional.of(HANDS), PRIMARY, STANDBY)).getFirst();

    assertThat(step.undo().orElseThrow().action()).isEqualTo(new Action.Reconnect("db", "db-1"));
    assertThat(step.undo().orElseThrow().proof().orElseThrow().expects())
        .isInstanceOfSatisfying(
            Expectation.NodeIn.class,
            roles -> assertThat(roles.roles()).doesNotContain(NodeRole.CUT_OFF));
  }

  @Test
  void whatBarsTheHandsIsSaidBeforeAnythingIsTouched() {
    FailoverWay barred =
        new FailoverWay.Barred(Set.of(FailoverKind.CRASH), "there is no namespace shop");

    refused(
        FailoverKind.CRASH,
        database(Optional.of(barred), PRIMARY, STANDBY),
        "db cannot be made to fail over: there is no namespace shop");
    refused(
        FailoverKind.SWITCHOVER,
        database(Optional.of(barred), PRIMARY, STANDBY),
        "switchover cannot be done to db; what can be done: crash");
  }

  @Test
  void programsAreGuardedByAFuseWhereTheyCutOff() {
    FailoverWay programs =
        new FailoverWay.ByPrograms(
            Map.of(FailoverKind.PARTITION, List.of("cut", "db1")),
            List.of("heal", "db1"),
            Duration.ofSeconds(5));

    List<Step> steps =
        plan(FailoverKind.PARTITION, database(Optional.of(programs), PRIMARY, STANDBY));

    assertThat(steps.getFirst().action()).isInstanceOf(Action.ArmFuse.class);
    assertThat(steps.getLast().action())
        .isEqualTo(new Action.RunCommand(List.of("cut", "db1"), Duration.ofSeconds(5)));
    refused(
        FailoverKind.CRASH,
        database(Optional.of(programs), PRIMARY, STANDBY),
        "crash cannot be done to db",
        "what can be done: partition");
  }

  @Test
  void withoutAStandbyThatFollowsNothingIsTaken() {
    refused(
        FailoverKind.CRASH,
        database(Optional.of(HANDS), PRIMARY),
        "db has no standby that could take over: db-1 primary");
    refused(
        FailoverKind.CRASH,
        database(Optional.of(HANDS), PRIMARY, node("db-2", NodeRole.STANDBY, false, "")),
        "no standby of db receives what the primary writes");
    refused(
        FailoverKind.SWITCHOVER,
        database(
            Optional.of(HANDS),
            node("db-1", NodeRole.UNREACHABLE, false, "connection refused"),
            STANDBY),
        "db has no primary that answers",
        "db-1 unreachable (connection refused)");
    refused(
        FailoverKind.PARTITION,
        database(Optional.of(HANDS), PRIMARY, node("db-2", NodeRole.PRIMARY, false, "")),
        "more than one primary");
  }

  @Test
  void withoutAWayTheEnvironmentIsToSayOne() {
    refused(
        FailoverKind.CRASH,
        database(Optional.empty(), PRIMARY, STANDBY),
        "add 'failover' to it in the environment");
  }

  @Test
  void aDatabaseThatDoesNotRunYetIsPlannedForWhicheverNodeWillLead() {
    Instance lab = new Instance.DatabaseInstance("db", "db", Optional.empty(), Optional.of(HANDS));

    assertThat(plan(FailoverKind.CRASH, lab).getFirst().action())
        .isEqualTo(new Action.FailOver("db", "", FailoverKind.CRASH));
  }

  @Test
  void thePlanReadsAlikeWhicheverNodeLeads() {
    Node other = node("db-2", NodeRole.PRIMARY, false, "");
    Node first = node("db-1", NodeRole.STANDBY, true, "");

    assertThat(
            plan(FailoverKind.CRASH, database(Optional.of(HANDS), PRIMARY, STANDBY))
                .getFirst()
                .action()
                .describe())
        .isEqualTo(
            plan(FailoverKind.CRASH, database(Optional.of(HANDS), first, other))
                .getFirst()
                .action()
                .describe());
  }

  @Test
  void anUnknownWayIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Failover.of("krash"))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("did you mean 'crash'?");
    assertThat(Failover.of("serverCrash").how()).isEqualTo(FailoverKind.SERVER_CRASH);
  }
}
