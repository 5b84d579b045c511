package dev.faultline.engine.run;

import static dev.faultline.engine.run.SimulatedRunTest.FREEZE;
import static dev.faultline.engine.run.SimulatedRunTest.GATES;
import static dev.faultline.engine.run.SimulatedRunTest.KILL;
import static dev.faultline.engine.run.Simulation.reasons;
import static dev.faultline.engine.run.Simulation.seconds;
import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.judge.Outcome;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.NotReady;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run takes back, whatever goes wrong. */
final class SimulatedUndoTest {

  private static final String TWO =
      ("{%s, 'recovery': {'within': '20s'}, 'faults': ["
              + "{'freeze': {}, 'target': {'process': 'db'}, 'for': '10s'},"
              + "{'custom': {'do': ['break', 'web'], 'undo': ['mend', 'web'],"
              + " 'verify': ['check', 'web']}, 'for': '20s', 'start': '3s'}]}")
          .formatted(GATES);

  @TempDir Path root;
  private Simulation sim;

  @BeforeEach
  void aWorld() {
    sim = new Simulation(root);
    sim.world.process("db").process("web").series("errors", () -> 0);
  }

  private void whenTold(String action, Supplier<Optional<Effect>> twist) {
    sim.world.twistAction(told -> told.describe().equals(action) ? twist.get() : Optional.empty());
  }

  private void assertHalted(Result result) {
    assertThat(result.verdict().outcome()).as("%s", result.verdict()).isEqualTo(Outcome.HALTED);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void anUndoThatFailsAtFirstIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    whenTold(
        "send SIGCONT to db",
        () ->
            tries.incrementAndGet() < 3
                ? Optional.of(new Effect.Failed("not now"))
                : Optional.empty());
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(tries).hasValue(3);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void anUndoWithALongProofIsTriedAgainToo() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    whenTold(
        "run mend web",
        () ->
            tries.incrementAndGet() < 2
                ? Optional.of(new Effect.Failed("not now"))
                : Optional.empty());
    Result result = sim.run(TWO);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void anUndoThatNeverWorksIsLeftToItsFuseAndSaidAloud() throws Exception {
    whenTold("send SIGCONT to db", () -> Optional.of(new Effect.Done("sent, so it says")));
    sim.world.twistQuery(
        query ->
            query instanceof Query.ProcessStatus && sim.world.deeds().size() > 2
                ? Optional.of(new Answer.ProcessIs(ProcessState.STOPPED))
                : Optional.empty());
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.UNDO_NOT_PROVEN);
    assertThat(sim.deeds()).doesNotContain("disarm fuse freeze-db.db");
    sim.time.sleep(seconds(12));
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.world.fired()).containsExactly("freeze-db.db");
  }

  @Test
  void aLaterUndoFinishesWhatThisOneCouldNot() throws Exception {
    AtomicInteger allowed = new AtomicInteger();
    sim.world.twistQuery(
        query ->
            query instanceof Query.CommandStatus && sim.now() > 6 && allowed.get() == 0
                ? Optional.of(new Answer.Exited(0, "still broken"))
                : Optional.empty());
    Result result = sim.run(TWO.replace("'20s', 'start'", "'5s', 'start'"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.UNDO_NOT_PROVEN);
    allowed.set(1);
    List<Result> again = sim.engine.undo(Optional.empty(), _ -> {});
    assertThat(again)
        .singleElement()
        .extracting(r -> r.verdict().outcome())
        .isEqualTo(Outcome.HALTED);
    assertThat(sim.engine.undo(Optional.empty(), _ -> {})).isEmpty();
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void anUndoOfWhatIsGoneIsNoFailure() throws Exception {
    sim.at(6, () -> sim.world.vanish("db"));
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds()).contains("send SIGCONT to db: Superseded");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void parallelFaultsAreUndoneInReverseWhenARunIsHalted() throws Exception {
    sim.haltAt(8);
    Result result = sim.run(TWO);
    assertHalted(result);
    assertThat(sim.deeds())
        .containsSubsequence(
            "send SIGSTOP to db",
            "run break web",
            "run mend web",
            "disarm fuse custom.here",
            "send SIGCONT to db",
            "disarm fuse freeze-db.db");
  }

  @Test
  void anUndoThatIsStuckHoldsUpTheOthersOnlyForAMoment() throws Exception {
    sim.world.twistQuery(
        query ->
            query instanceof Query.CommandStatus && sim.now() > 8
                ? Optional.of(new Answer.Exited(0, "still broken"))
                : Optional.empty());
    sim.haltAt(8);
    Result result = sim.run(TWO);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.UNDO_NOT_PROVEN);
    assertThat(
            sim.when(
                Event.FaultEnded.class,
                ended -> ended.fault().equals("freeze-db") && ended.evidence().proven()))
        .isBetween(8.0, 9.0);
  }

  @Test
  void faultsFollowEachOtherAndBeginWhenTheyAreDue() throws Exception {
    Result result =
        sim.run(
            ("{%s, 'faults': ["
                    + "{'name': 'one', 'freeze': {}, 'target': {'process': 'db'}, 'for': '5s'},"
                    + "{'name': 'two', 'freeze': {}, 'target': {'process': 'web'}, 'for': '4s',"
                    + " 'after': 'one', 'start': '2s'}]}")
                .formatted(GATES));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    double one = sim.when(Event.FaultEnded.class, ended -> ended.fault().equals("one"));
    assertThat(sim.when(Event.StepIntended.class, step -> step.ref().fault().equals("two")))
        .isBetween(one + 2, one + 2.1);
  }

  @Test
  void aKillIsRepeatedAtItsDistance() throws Exception {
    sim.world.process("db", Duration.ofSeconds(1));
    Result result =
        sim.run(
            KILL.replace("{'process': 'db'}}", "{'process': 'db'}, 'every': '5s', 'for': '15s'}"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    List<Duration> kills = sim.world.deeds().stream().map(deed -> deed.at()).toList();
    assertThat(kills).hasSize(3);
    assertThat(kills.get(1).minus(kills.get(0))).isBetween(seconds(5), seconds(5.1));
    assertThat(kills.get(2).minus(kills.get(0))).isBetween(seconds(10), seconds(10.2));
  }

  @Test
  void aFaultMayBeginWhileAnotherHoldsTheSameTarget() throws Exception {
    sim.world.process("db", Duration.ofSeconds(1));
    Result result =
        sim.run(
            ("{%s, 'faults': ["
                    + "{'freeze': {}, 'target': {'process': 'db'}, 'for': '10s'},"
                    + "{'kill': {}, 'target': {'process': 'db'}, 'start': '4s'}]}")
                .formatted(GATES));
    assertThat(result.verdict().outcome()).as("%s", result.verdict()).isEqualTo(Outcome.PASSED);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void anEnvironmentThatIsNotReadyIsLeftAlone() throws Exception {
    sim.world.preparing(
        () -> {
          throw new NotReady("port 8080 is taken");
        });
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(reasons(result)).containsExactly("port 8080 is taken");
    assertThat(sim.deeds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send SIGSTOP to db",
        "arm fuse freeze-db.db: send SIGCONT to db when the lease is 10 s old",
        "renew the lease"
      })
  void aWorldThatThrowsEndsTheRunWithEverythingUndone(String action) throws Exception {
    whenTold(
        action,
        () -> {
          if (sim.now() > 2) {
            throw new IllegalStateException("a bug");
          }
          return Optional.empty();
        });
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aGateThatThrowsEndsTheRunWithEverythingUndone() throws Exception {
    sim.world.series(
        "errors",
        () -> {
          if (sim.now() > 5) {
            throw new IllegalStateException("a bug");
          }
          return 0;
        });
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.now()).isLessThan(7);
  }

  @Test
  void anUndoThatThrowsIsTriedAgainAndTold() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    whenTold(
        "send SIGCONT to db",
        () -> {
          if (tries.incrementAndGet() < 3) {
            throw new IllegalStateException("a bug");
          }
          return Optional.empty();
        });
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aListenerThatThrowsDoesNotKeepTheRunFromUndoing() throws Exception {
    Result result =
        sim.engine.run(
            Simulation.experiment(FREEZE),
            new Options(false, Optional.empty(), 1),
            entry -> {
              if (entry.event() instanceof Event.FaultBegan) {
                throw new IllegalStateException("a bug");
              }
            });
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INTERNAL_ERROR);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(result.folder().read().whole()).isTrue();
  }

  @Test
  void aSlowGateDelaysNoUndoAndNoRenewal() throws Exception {
    sim.world.twistQuery(
        query -> {
          if (query instanceof Query.PromInstant && sim.now() > 5) {
            sim.time.sleepDeaf(Duration.ofHours(1));
          }
          return Optional.empty();
        });
    Result result = sim.run(FREEZE.replace("'10s'", "'30s'"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(stops(result)).containsExactly(StopReason.GATE_BLIND);
    assertThat(sim.when(Event.Stopping.class, _ -> true)).isLessThan(14);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.world.fired()).isEmpty();
  }

  @Test
  void aLateEffectIsTakenBackAfterAnErrorOfOurs() throws Exception {
    whenTold(
        "send SIGSTOP to db",
        () -> {
          sim.time.sleepDeaf(seconds(20));
          return Optional.empty();
        });
    whenTold(
        "renew the lease",
        () -> {
          if (sim.now() > 5) {
            throw new StackOverflowError("a bug");
          }
          return Optional.empty();
        });
    assertThatThrownBy(() -> sim.run(FREEZE)).isInstanceOf(StackOverflowError.class);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.deeds()).endsWith("send SIGCONT to db", "disarm fuse freeze-db.db");
  }
}
