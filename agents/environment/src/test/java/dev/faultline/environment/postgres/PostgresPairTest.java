package dev.faultline.environment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.environment.Await;
import dev.faultline.model.environment.LabDatabase.Fencing;
import dev.faultline.model.environment.LabDatabase.Replication;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.DatabaseState;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.FailoverKind;
import dev.faultline.model.world.NodeRole;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Sighting.Kind;
import dev.faultline.node.PosixSignal;
import dev.faultline.node.ProcessIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPairTest {

  @TempDir private Path folder;

  @Test
  void aCrashedPrimaryIsSucceededWithoutLossAndRejoinsAsStandby() throws Exception {
    try (PairKit kit = PairKit.start(folder, PairKit.spec(Replication.SYNCHRONOUS))) {
      assertThat(kit.pair.state().words()).isEqualTo("orders-db-1 primary, orders-db-2 standby");
      assertThat(kit.pair.state().settings())
          .containsEntry("synchronous_standby_names", "\"orders-db-2\"")
          .containsEntry("controller.interval", "200ms");
      kit.run("create table kept as select generate_series(1, 500) as n");

      Effect effect = kit.fail(FailoverKind.CRASH, "orders-db-1");

      assertThat(effect).isEqualTo(new Effect.Done("killed all processes of orders-db-1"));
      assertThat(kit.pair.node("")).isInstanceOf(Answer.NodeIs.class);
      kit.awaitRole("orders-db-2", NodeRole.PRIMARY);
      assertThat(kit.number("select count(*) from kept")).isEqualTo(500);
      kit.awaitTold("orders-db-1 rejoined as standby, rebuilt in ");
      kit.awaitRole("orders-db-1", NodeRole.STANDBY);
      Await.until(
          "synchronous again",
          () ->
              "\"orders-db-1\""
                  .equals(kit.pair.state().settings().get("synchronous_standby_names")));
      DatabaseState.Node second = kit.pair.state().nodes().getLast();
      assertThat(second.timeline()).contains(2L);
      assertThat(kit.words(Kind.DETECTED))
          .containsExactly("orders-db-1 missed 3 checks, 0.2 s apart: connection closed");
      assertThat(kit.words(Kind.MITIGATED)).containsExactly("promoting orders-db-2");
      assertThat(kit.words(Kind.PROMOTED))
          .singleElement()
          .asString()
          .matches("orders-db-2 takes writes on timeline 2, after \\d+\\.\\d\\d s");
      kit.run("insert into kept values (501)");
      assertThat(kit.fail(FailoverKind.CRASH, "orders-db-1"))
          .isEqualTo(new Effect.Superseded("orders-db-2 is the primary by now, not orders-db-1"));
    }
  }

  @Test
  void anAsynchronousPairFailsOverToo() throws Exception {
    try (PairKit kit = PairKit.start(folder, PairKit.spec(Replication.ASYNCHRONOUS))) {
      kit.run("create table kept as select generate_series(1, 500) as n");
      assertThat(kit.pair.state().settings()).containsEntry("synchronous_standby_names", "");
      // What is frozen sends nothing: what is written now is lost for certain.
      var sender = kit.pair.process("orders-db-walsender").orElseThrow();
      assertThat(sender.state()).isEqualTo(ProcessState.RUNNING);
      ProcessIdentity.parse(sender.process().orElseThrow().identity()).signal(PosixSignal.STOP);
      kit.run("create table lost as select 1 as n");

      kit.fail(FailoverKind.CRASH, "");

      kit.awaitRole("orders-db-2", NodeRole.PRIMARY);
      assertThat(kit.number("select count(*) from pg_tables where tablename = 'lost'")).isZero();
      kit.awaitRole("orders-db-1", NodeRole.STANDBY);
    }
  }

  @Test
  void aSwitchoverLosesNothingAndRejoins() throws Exception {
    try (PairKit kit = PairKit.start(folder, PairKit.spec(Replication.ASYNCHRONOUS))) {
      kit.run("create table kept as select generate_series(1, 500) as n");

      Effect effect = kit.fail(FailoverKind.SWITCHOVER, "orders-db-1");

      assertThat(effect)
          .isEqualTo(new Effect.Done("orders-db-1 stopped, orders-db-2 takes writes"));
      assertThat(kit.number("select count(*) from kept")).isEqualTo(500);
      kit.awaitRole("orders-db-1", NodeRole.STANDBY);
      assertThat(kit.words(Kind.DETECTED)).isEmpty();
      assertThat(kit.words(Kind.PROMOTED)).hasSize(1);
    }
  }

  @Test
  void aPartitionedPrimaryIsFencedAndRejoinsWhenItIsReachedAgain() throws Exception {
    try (PairKit kit = PairKit.start(folder, PairKit.spec(Replication.SYNCHRONOUS))) {
      kit.fail(FailoverKind.PARTITION, "orders-db-1");

      assertThat(kit.role("orders-db-1")).isIn(NodeRole.CUT_OFF, NodeRole.GONE);
      kit.awaitRole("orders-db-2", NodeRole.PRIMARY);
      assertThat(kit.role("orders-db-1")).isEqualTo(NodeRole.GONE);
      assertThat(kit.words(Kind.DETECTED))
          .containsExactly("orders-db-1 missed 3 checks, 0.2 s apart: no answer within 200 ms");
      assertThat(kit.words(Kind.NOTE)).contains("orders-db-1 fenced: killed");

      kit.pair.reconnect(new Action.Reconnect("orders-db", "orders-db-1"));

      kit.awaitRole("orders-db-1", NodeRole.STANDBY);
      assertThat(kit.pair.state().with(NodeRole.PRIMARY)).hasSize(1);
    }
  }

  @Test
  void withoutFencingAPartitionLeavesTwoPrimaries() throws Exception {
    try (PairKit kit =
        PairKit.start(
            folder, PairKit.spec(Replication.ASYNCHRONOUS, Fencing.NONE, Duration.ofSeconds(20)))) {
      kit.run("create table told (node text)");
      Await.until(
          "the standby has it",
          () -> kit.pair.state().nodes().get(1).lag().equals(Optional.of(0L)));
      kit.fail(FailoverKind.PARTITION, "");
      kit.awaitRole("orders-db-2", NodeRole.PRIMARY);
      assertThat(kit.role("orders-db-1")).isEqualTo(NodeRole.CUT_OFF);
      try (Connection onNew = kit.pair.connect(PairKit.PATIENCE)) {
        kit.pair.reconnect(new Action.Reconnect("orders-db", ""));

        assertThat(kit.pair.state().with(NodeRole.PRIMARY)).hasSize(2);
        // Both acknowledge: this is what a ledger must be able to see.
        assertThat(PairKit.number(onNew, "insert into told values ('new') returning 1"))
            .isEqualTo(1);
        kit.run("insert into told values ('old')");
        assertThat(kit.number("select count(*) from told where node = 'new'")).isZero();
      }
    }
  }

  @Test
  void aPromotionThatDoesNotEndIsGivenUpAndThePairStandsAgain() throws Exception {
    try (PairKit kit =
        PairKit.start(
            folder, PairKit.spec(Replication.SYNCHRONOUS, Fencing.KILL, Duration.ofSeconds(1)))) {
      kit.run("create table kept as select 1 as n");
      new ServerProcesses(kit.plan.folder().resolve("orders-db-2/data"))
          .all()
          .forEach(process -> process.signal(PosixSignal.STOP));

      kit.fail(FailoverKind.CRASH, "orders-db-1");

      kit.awaitTold("promotion of orders-db-2 given up after ");
      assertThat(kit.words())
          .anyMatch(
              word -> word.matches(".*given up after .*: (no answer within .*|connection closed)"));
      kit.awaitTold("orders-db-1 takes writes again, started from its own data in ");
      kit.awaitRole("orders-db-1", NodeRole.PRIMARY);
      kit.awaitRole("orders-db-2", NodeRole.STANDBY);
      assertThat(kit.number("select count(*) from kept")).isEqualTo(1);
      assertThat(kit.words(Kind.PROMOTED)).isEmpty();
    }
  }

  @Test
  void aPrimaryAloneIsNotWatched() throws Exception {
    try (PairKit kit = PairKit.start(folder, PairKit.alone())) {
      kit.run("create table kept as select 1 as n");
      assertThat(kit.pair.state().words()).isEqualTo("orders-db-1 primary");
      assertThat(kit.pair.process("orders-db-1").orElseThrow().restart()).isEmpty();
      assertThat(kit.pair.process("orders-db-walsender")).isEmpty();

      kit.fail(FailoverKind.CRASH, "");

      assertThat(kit.role("orders-db-1")).isEqualTo(NodeRole.GONE);
    }
  }

  @Test
  void theEndLeavesNothing() throws Exception {
    PairKit kit = PairKit.start(folder, PairKit.spec(Replication.REMOTE_APPLY));
    SharedSegment segment =
        SharedSegment.of(kit.plan.folder().resolve("orders-db-1/data")).orElseThrow();
    assertThat(kit.remains()).isNotEmpty();

    kit.close();

    assertThat(kit.remains()).isEmpty();
    assertThat(PostgresKit.segments()).doesNotContain(segment.key() + " " + segment.id());
    assertThat(kit.words(Kind.PROGRESS))
        .last()
        .asString()
        .matches("orders-db ready in .* s \\(primary and standby, synchronous, remote apply\\)");
  }
}
