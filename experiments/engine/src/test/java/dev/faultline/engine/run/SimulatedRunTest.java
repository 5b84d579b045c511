package dev.faultline.engine.run;

import static dev.faultline.engine.run.Simulation.phases;
import static dev.faultline.engine.run.Simulation.reasons;
import static dev.faultline.engine.run.Simulation.seconds;
import static dev.faultline.engine.run.Simulation.stops;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.engine.journal.FileGuard;
import dev.faultline.engine.planning.Unplannable;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Answer;
import dev.faultline.model.world.Effect;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run whose gates and faults do as they are told, or do not. */
final class SimulatedRunTest {

  static final String GATES =
      "'gates': [{'name': 'errors', 'prometheus': 'errors', 'below': '1%'}]";
  static final String FREEZE =
      ("{%s, 'faults': [{'freeze': {}, 'target': {'process': 'db'}, 'for': '10s'}],"
              + " 'recovery': {'within': '20s'}}")
          .formatted(GATES);
  static final String KILL =
      ("{%s, 'faults': [{'kill': {}, 'target': {'process': 'db'}}],"
              + " 'recovery': {'within': '20s'}}")
          .formatted(GATES);

  @TempDir Path root;
  private Simulation sim;

  @BeforeEach
  void aWorld() {
    sim = new Simulation(root);
    sim.world.process("db").process("web").series("errors", () -> 0);
  }

  private void errorsWhileDown() {
    sim.world.series("errors", () -> sim.world.isDown("db") ? 0.5 : 0);
  }

  private void blindFrom(double from, double to) {
    sim.world.answers(
        "errors",
        now ->
            now.compareTo(seconds(from)) >= 0 && now.compareTo(seconds(to)) < 0
                ? new Answer.Unanswered(BlindReason.UNREACHABLE, "connection refused")
                : sim.world.number(0));
  }

  @Test
  void aFreezeThatHurtsNobodyPasses() throws Exception {
    Result result = sim.run(FREEZE);
    assertThat(result.verdict()).isEqualTo(new Verdict(Outcome.PASSED, List.of()));
    assertThat(phases(result))
        .containsExactly(Phase.PREPARE, Phase.BASELINE, Phase.FAULTS, Phase.RECOVERY, Phase.CLOSED);
    assertThat(sim.deeds())
        .containsExactly(
            "arm fuse freeze-db.db: send SIGCONT to db when the lease is 10 s old",
            "send SIGSTOP to db",
            "send SIGCONT to db",
            "disarm fuse freeze-db.db");
    assertThat(sim.world.residue()).isEmpty();
    assertThat(result.summary().figures().impact()).isEmpty();
    double held =
        sim.when(Event.FaultEnded.class, _ -> true) - sim.when(Event.FaultBegan.class, _ -> true);
    assertThat(held).isBetween(10.0, 10.1);
  }

  @Test
  void aBreachDuringAFreezeAbortsItAtOnceAndFails() throws Exception {
    errorsWhileDown();
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(stops(result)).containsExactly(StopReason.GATE_BREACHED);
    assertThat(reasons(result))
        .containsExactly("gate errors must be below 1% and reads 50%, while a fault was in force");
    assertThat(phases(result))
        .containsExactly(
            Phase.PREPARE, Phase.BASELINE, Phase.FAULTS, Phase.UNDO, Phase.RECOVERY, Phase.CLOSED);
    assertThat(
            sim.when(Event.FaultEnded.class, _ -> true) - sim.when(Event.Stopping.class, _ -> true))
        .isLessThan(0.2);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(result.summary().figures().timeToRecover()).isPresent();
  }

  @Test
  void aBreachThatIsOnlyRecordedFailsAtTheEnd() throws Exception {
    errorsWhileDown();
    Result result = sim.run(FREEZE.replace("'below'", "'breach': 'record', 'below'"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(stops(result)).isEmpty();
    assertThat(reasons(result))
        .containsExactly("gate errors was not below 1% while a fault was in force");
    assertThat(phases(result)).doesNotContain(Phase.UNDO);
  }

  @Test
  void aKillThatIsCuredInTimePasses() throws Exception {
    sim.world.process("db", Duration.ofSeconds(8));
    errorsWhileDown();
    Result result = sim.run(KILL);
    assertThat(result.verdict().outcome()).as("%s", result.verdict()).isEqualTo(Outcome.PASSED);
    assertThat(result.summary().figures().timeToRecover().orElseThrow())
        .isBetween(seconds(6), seconds(9));
    assertThat(sim.deeds()).containsExactly("send SIGKILL to db");
  }

  @Test
  void aKillThatIsNotCuredInTimeFails() throws Exception {
    sim.world.process("db", Duration.ofSeconds(21));
    errorsWhileDown();
    Result result = sim.run(KILL);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(reasons(result)).singleElement().asString().contains("returned too late");
  }

  @Test
  void aKillThatIsNeverCuredFails() throws Exception {
    errorsWhileDown();
    Result result = sim.run(KILL);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(reasons(result)).singleElement().asString().contains("did not return");
    assertThat(result.summary().figures().steady()).isEmpty();
  }

  @Test
  void aGateThatGoesBlindAbortsAfterThreeLooks() throws Exception {
    blindFrom(5, 1000);
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(stops(result)).containsExactly(StopReason.GATE_BLIND);
    assertThat(sim.when(Event.Stopping.class, _ -> true)).isBetween(7.0, 7.3);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.now()).isLessThan(20);
  }

  @Test
  void aGateMaySayThatNoDataFails() throws Exception {
    blindFrom(5, 1000);
    Result result = sim.run(FREEZE.replace("'below'", "'noData': 'fail', 'below'"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aBlindBaselineTouchesNothing() throws Exception {
    blindFrom(0, 60);
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(stops(result)).containsExactly(StopReason.BASELINE_UNFIT);
    assertThat(phases(result)).containsExactly(Phase.PREPARE, Phase.BASELINE, Phase.CLOSED);
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void aBreachedBaselineTouchesNothing() throws Exception {
    sim.world.series("errors", () -> 1);
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void aBaselineWaitsTwiceItsTimeForTheSystemToWarmUp() throws Exception {
    sim.world.series("errors", () -> sim.now() < 2.5 ? 1 : 0);
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.when(Event.PhaseBegan.class, began -> began.phase() == Phase.FAULTS))
        .isBetween(2.5, 4.0);
  }

  @Test
  void aGateThatIsBreachedBeforeALateFaultTouchesNothing() throws Exception {
    sim.world.series("errors", () -> sim.now() > 4 ? 1 : 0);
    Result result = sim.run(FREEZE.replace("'for'", "'start': '5s', 'for'"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void aFaultWithoutEffectProvesNothing() throws Exception {
    sim.world.twistAction(
        action ->
            action.describe().equals("send SIGSTOP to db")
                ? Optional.of(new Effect.Done("sent, so it says"))
                : Optional.empty());
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(stops(result)).containsExactly(StopReason.FAULT_FAILED);
    assertThat(sim.world.residue()).isEmpty();
    assertThat(sim.deeds()).endsWith("send SIGCONT to db", "disarm fuse freeze-db.db");
  }

  @Test
  void aFaultThatCannotBeAppliedProvesNothing() throws Exception {
    sim.world.twistAction(
        action ->
            action.describe().equals("send SIGSTOP to db")
                ? Optional.of(new Effect.Failed("not permitted"))
                : Optional.empty());
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(reasons(result))
        .containsExactly("fault freeze-db had no proven effect: not permitted");
    assertThat(sim.world.residue()).isEmpty();
  }

  @Test
  void aFaultIsNotBegunWithoutItsFuse() throws Exception {
    sim.world.twistAction(
        action ->
            action instanceof Action.ArmFuse
                ? Optional.of(new Effect.Failed("no setsid"))
                : Optional.empty());
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(sim.deeds()).doesNotContain("send SIGSTOP to db");
  }

  @Test
  void aControlRunTouchesNothingAndPasses() throws Exception {
    Result result = sim.run(FREEZE, new Options(true, Optional.empty(), 1));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.deeds()).isEmpty();
    assertThat(sim.now()).isGreaterThan(12);
  }

  @Test
  void aPlanThatHasDriftedIsRefusedBeforeAnythingIsTouched() throws Exception {
    Plan agreed = sim.engine.plan(Simulation.experiment(FREEZE), 1);
    Result same = sim.run(FREEZE, new Options(false, Optional.of(agreed), 1));
    assertThat(same.verdict().outcome()).isEqualTo(Outcome.PASSED);
    int deeds = sim.deeds().size();
    sim.heard.clear();
    Result other =
        sim.run(FREEZE.replace("'db'", "'web'"), new Options(false, Optional.of(agreed), 1));
    assertThat(other.verdict().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(sim.deeds()).hasSize(deeds);
  }

  @Test
  void anUnknownTargetIsAnsweredWithTheLikeliestOne() throws Exception {
    Result result = sim.run(FREEZE.replace("'db'", "'wep'"));
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(reasons(result)).singleElement().asString().contains("'wep'").contains("web");
    assertThat(sim.deeds()).isEmpty();
  }

  @Test
  void aProcessThatIsStoppedAlreadyIsLeftAlone() throws Exception {
    sim.world.carryOut(new Action.SendSignal(new ProcessRef("db", "db:0"), ProcessSignal.STOP));
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(sim.deeds()).isEmpty();
    assertThat(sim.world.residue()).containsExactly("frozen db");
  }

  @Test
  void twoRunsDoNotShareAnEnvironment() throws Exception {
    try (FileGuard _ = sim.store.lockEnvironment("somewhere").orElseThrow()) {
      assertThatThrownBy(() -> sim.run(FREEZE))
          .isInstanceOfSatisfying(
              Unplannable.class, none -> assertThat(none.outcome()).isEqualTo(Outcome.NOT_READY))
          .hasMessageContaining("another run is on");
    }
    assertThat(sim.run(FREEZE).verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void theLeaseIsRenewedAllTheTime() throws Exception {
    sim.run(FREEZE);
    List<Duration> renewals = sim.world.renewals();
    for (int i = 1; i < renewals.size(); i++) {
      assertThat(renewals.get(i).minus(renewals.get(i - 1))).isLessThan(seconds(1.2));
    }
    assertThat(renewals.getLast()).isGreaterThan(seconds(13));
    assertThat(sim.world.fired()).isEmpty();
  }

  @Test
  void theTimeOfDayDoesNotMatter() throws Exception {
    sim.at(3, () -> sim.time.turnWallClock(Duration.ofHours(-5)));
    sim.at(6, () -> sim.time.turnWallClock(Duration.ofHours(9)));
    Result result = sim.run(FREEZE);
    assertThat(result.verdict().outcome()).isEqualTo(Outcome.PASSED);
    assertThat(sim.now()).isBetween(14.0, 18.0);
  }

  @Test
  void theSameRunGoesTheSameWay(@TempDir Path elsewhere) throws Exception {
    errorsWhileDown();
    sim.run(FREEZE);
    Simulation twin = new Simulation(elsewhere);
    twin.world
        .process("db")
        .process("web")
        .series("errors", () -> twin.world.isDown("db") ? 0.5 : 0);
    twin.run(FREEZE);
    assertThat(twin.heard).isEqualTo(sim.heard);
  }

  @Test
  void theLoadEndsWithTheRun() throws Exception {
    String load = "'load': {'http': 'http://127.0.0.1:1/', 'rate': '5/s'}, 'gates'";
    assertThat(sim.run(FREEZE.replace("'gates'", load)).verdict().outcome())
        .isEqualTo(Outcome.PASSED);
    assertThat(sim.world.deeds().getFirst().action()).isInstanceOf(Action.StartLoad.class);
    assertThat(sim.world.deeds().getLast().action()).isInstanceOf(Action.StopLoad.class);
  }
}
