package dev.faultline.environment.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.Sighting.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class PatroniClusterTest {

  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeft() {
    assertThat(PatroniKit.livingIn(folder)).isEmpty();
  }

  @Test
  void aLostNodeIsSucceededWhenItsLockHasRunOutAndRejoins() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(2, false, Optional.empty()))) {
      assertThat(kit.cluster.state().words()).isEqualTo("orders-db-1 primary, orders-db-2 standby");
      assertThat(kit.cluster.state().settings())
          .containsEntry("patroni.ttl", "20")
          .containsEntry("patroni.loop_wait", "1")
          .containsEntry("patroni.synchronous_mode", "false")
          .containsEntry("synchronous_commit", "on");
      kit.run("create table kept as select generate_series(1, 500) as n");
      Await.until("caught up", () -> kit.follows("orders-db-2"));

      Effect effect = kit.fail(FailoverKind.CRASH, "orders-db-1");

      assertThat(effect).isEqualTo(new Effect.Done("killed agent and server of orders-db-1"));
      assertThat(kit.cluster.node(""))
          .isEqualTo(new Answer.NodeIs(NodeRole.GONE, "its server does not run"));
      kit.awaitTold(Kind.PROMOTED);
      assertThat(kit.words(Kind.DETECTED, Kind.MITIGATED))
          .containsExactly(
              "orders-db-1 no longer holds the leader's lock",
              "orders-db-2 holds the leader's lock: it is elected");
      assertThat(kit.words(Kind.PROMOTED))
          .singleElement()
          .asString()
          .matches("orders-db-2 takes writes on timeline 2, after \\d+\\.\\d\\d s");
      assertThat(kit.number("select count(*) from kept")).isEqualTo(500);
      assertThat(kit.role("orders-db-1")).isEqualTo(NodeRole.GONE);
      Await.until("orders-db-1 rejoins", () -> kit.follows("orders-db-1"));
      assertThat(kit.cluster.state().with(NodeRole.PRIMARY))
          .extracting(DatabaseState.Node::name)
          .containsExactly("orders-db-2");
      assertThat(kit.fail(FailoverKind.CRASH, "orders-db-1"))
          .isEqualTo(new Effect.Superseded("orders-db-2 is the primary by now, not orders-db-1"));
    }
  }

  @Test
  void aLostServerIsStartedAgainByItsAgent() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(2, false, Optional.empty()))) {
      assertThat(kit.fail(FailoverKind.SERVER_CRASH, ""))
          .isEqualTo(new Effect.Done("killed the server of orders-db-1; its agent lives"));

      kit.awaitTold(Kind.PROMOTED);

      // Agents are looked at from time to time: one that is quicker is not seen to notice.
      assertThat(kit.words(Kind.DETECTED))
          .isSubsetOf("the agent of orders-db-1 noticed that its server ended");
      assertThat(kit.words(Kind.PROMOTED))
          .containsExactly("orders-db-1 takes writes again on timeline 1");
      kit.run("create table more (n int)");
    }
  }

  @Test
  void aLostServerIsSucceededAtOnceWhereItMayNotStartAgain() throws Exception {
    try (PatroniKit kit =
        PatroniKit.start(folder, PatroniKit.fast(3, true, Optional.of(Duration.ZERO)))) {
      assertThat(kit.cluster.state().settings())
          .containsEntry("patroni.primary_start_timeout", "0")
          .containsEntry("patroni.synchronous_mode", "true")
          .hasEntrySatisfying("synchronous_standby_names", names -> assertThat(names).isNotEmpty());
      kit.run("create table kept as select generate_series(1, 500) as n");

      kit.fail(FailoverKind.SERVER_CRASH, "orders-db-1");

      kit.awaitTold(Kind.PROMOTED);
      assertThat(kit.words(Kind.PROMOTED).getFirst()).contains("takes writes on timeline 2");
      assertThat(kit.number("select count(*) from kept")).isEqualTo(500);
      Await.until("orders-db-1 rejoins", () -> kit.follows("orders-db-1"));
    }
  }

  @Test
  void aSwitchoverIsNothingToDetectAndLosesNothing() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(2, false, Optional.empty()))) {
      kit.run("create table kept as select generate_series(1, 500) as n");

      Effect effect = kit.fail(FailoverKind.SWITCHOVER, "orders-db-1");

      assertThat(effect)
          .isEqualTo(new Effect.Done("Successfully switched over to \"orders-db-2\""));
      kit.awaitTold(Kind.PROMOTED);
      assertThat(kit.words(Kind.DETECTED)).isEmpty();
      assertThat(kit.number("select count(*) from kept")).isEqualTo(500);
      Await.until("orders-db-1 rejoins", () -> kit.follows("orders-db-1"));
    }
  }

  @Test
  void aLeaderThatIsCutOffStepsDownBeforeAnotherIsPromoted() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(2, false, Optional.empty()));
        TwoPrimaries probe = TwoPrimaries.watch(kit)) {
      kit.fail(FailoverKind.PARTITION, "orders-db-1");

      assertThat(kit.role("orders-db-1")).isEqualTo(NodeRole.CUT_OFF);
      kit.awaitTold(Kind.PROMOTED);
      assertThat(probe.looks()).as("looks past the relays").isGreaterThan(20);
      assertThat(probe.sawTwo()).isFalse();
      assertThat(kit.cluster.state().words()).contains("orders-db-2 primary");

      kit.cluster.reconnect(new Action.Reconnect("orders-db", "orders-db-1"));

      Await.until("orders-db-1 rejoins", () -> kit.follows("orders-db-1"));
      assertThat(probe.sawTwo()).isFalse();
    }
  }

  @Test
  void anAgentThatHangsLeavesTwoPrimaries() throws Exception {
    try (PatroniKit kit = PatroniKit.start(folder, PatroniKit.fast(2, false, Optional.empty()));
        TwoPrimaries probe = TwoPrimaries.watch(kit)) {
      kit.signalAgent("orders-db-1", "STOP");

      kit.awaitTold(Kind.PROMOTED);
      Await.until("two primaries", probe::sawTwo);

      kit.signalAgent("orders-db-1", "CONT");
      Await.until("orders-db-1 rejoins", () -> kit.follows("orders-db-1"));
    }
  }
}
