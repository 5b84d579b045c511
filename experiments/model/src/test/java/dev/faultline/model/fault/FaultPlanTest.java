package dev.faultline.model.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.faultline.model.codec.InvalidValue;
import dev.faultline.model.fault.EndsBy.Layer;
import dev.faultline.model.fault.Fault.Setting;
import dev.faultline.model.world.Action;
import dev.faultline.model.world.Expectation;
import dev.faultline.model.world.Instance;
import dev.faultline.model.world.ProcessRef;
import dev.faultline.model.world.ProcessSignal;
import dev.faultline.model.world.ProcessState;
import dev.faultline.model.world.Proof;
import dev.faultline.model.world.Query;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {

  private static final ProcessRef ORDERS = new ProcessRef("orders", "boot:4242:777");
  private static final Setting SETTING =
      new Setting("hang", Duration.ofSeconds(15), Duration.ofSeconds(10));

  private static Instance orders(ProcessState state) {
    return new Instance.ProcessInstance(
        "orders", "orders", Optional.of(ORDERS), state, Optional.empty());
  }

  private static Proof state(Duration within, ProcessState... states) {
    return new Proof(
        new Query.ProcessStatus(ORDERS), new Expectation.ProcessIn(Set.of(states)), within);
  }

  private static Step fuse(String name, Action undo) {
    Duration within = Duration.ofSeconds(10);
    return new Step(
        new Action.ArmFuse(name, List.of(undo), Duration.ofSeconds(10)),
        Optional.of(new Proof(new Query.FuseStatus(name), new Expectation.FuseArmed(true), within)),
        Optional.of(
            new Step.Undo(
                new Action.DisarmFuse(name),
                Optional.of(
                    new Proof(
                        new Query.FuseStatus(name), new Expectation.FuseArmed(false), within)))));
  }

  @Test
  void killSendsOneSignalAndWaitsForTheEnd() {
    Step expected =
        new Step(
            new Action.SendSignal(ORDERS, ProcessSignal.KILL),
            Optional.of(state(Duration.ofSeconds(10), ProcessState.GONE)),
            Optional.empty());

    assertThat(new Kill(Optional.empty()).plan(orders(ProcessState.RUNNING), SETTING))
        .containsExactly(expected);
    assertThat(
            new Kill(Optional.of(ProcessSignal.TERM))
                .plan(orders(ProcessState.RUNNING), SETTING)
                .getFirst()
                .action())
        .isEqualTo(new Action.SendSignal(ORDERS, ProcessSignal.TERM));
  }

  @Test
  void killTakesOnlySignalsThatEndAProcess() {
    for (ProcessSignal signal : List.of(ProcessSignal.STOP, ProcessSignal.CONT)) {
      assertThatThrownBy(() -> new Kill(Optional.of(signal)))
          .isInstanceOf(InvalidValue.class)
          .hasMessageContaining("use kill, term or int, or the fault freeze");
    }
  }

  @Test
  void freezeArmsItsFuseBeforeItStopsAnything() {
    Action goOn = new Action.SendSignal(ORDERS, ProcessSignal.CONT);
    Duration within = Duration.ofSeconds(5);

    assertThat(new Freeze().plan(orders(ProcessState.RUNNING), SETTING))
        .containsExactly(
            fuse("hang.orders", goOn),
            new Step(
                new Action.SendSignal(ORDERS, ProcessSignal.STOP),
                Optional.of(state(within, ProcessState.STOPPED)),
                Optional.of(
                    new Step.Undo(
                        goOn,
                        Optional.of(state(within, ProcessState.RUNNING, ProcessState.GONE))))));
  }

  @Test
  void whatIsStoppedAlreadyIsNotFrozen() {
    assertThatThrownBy(() -> new Freeze().plan(orders(ProcessState.STOPPED), SETTING))
        .isInstanceOf(FaultRefused.class)
        .hasMessage(
            "orders is stopped already, and not by this run; let it go on first (kill -CONT)");
  }

  @Test
  void whatIsNoProcessIsNeitherKilledNorFrozen() {
    for (Fault fault : List.of(new Kill(Optional.empty()), new Freeze())) {
      assertThatThrownBy(() -> fault.plan(new Instance.Here(), SETTING))
          .isInstanceOf(FaultRefused.class)
          .hasMessage("this fault needs a process as its target");
    }
  }

  @Test
  void aProcessThatIsStillToBeStartedIsPlannedByItsName() {
    Instance later =
        new Instance.ProcessInstance(
            "orders", "orders", Optional.empty(), ProcessState.GONE, Optional.empty());

    assertThat(new Kill(Optional.empty()).plan(later, SETTING).getFirst().action())
        .isEqualTo(new Action.SendSignal(new ProcessRef("orders", ""), ProcessSignal.KILL));
  }

  @Test
  void aFaultOfOnesOwnIsProvedBothWaysByItsOwnProgram() {
    Duration limit = Duration.ofSeconds(30);
    Query status = new Query.CommandStatus(List.of("test"), limit);
    Action undo = new Action.RunCommand(List.of("undo"), limit);

    assertThat(
            new Custom(List.of("do"), List.of("undo"), List.of("test"), Optional.empty())
                .plan(new Instance.Here(), SETTING))
        .containsExactly(
            fuse("hang.here", undo),
            new Step(
                new Action.RunCommand(List.of("do"), limit),
                Optional.of(new Proof(status, new Expectation.Exits(true), limit)),
                Optional.of(
                    new Step.Undo(
                        undo,
                        Optional.of(new Proof(status, new Expectation.Exits(false), limit))))));
  }

  @Test
  void aLastingFaultEndsByThePlanTheFuseAndTheJournal() {
    assertThat(new Freeze().endsBy(SETTING))
        .extracting(EndsBy::layer, EndsBy::within)
        .containsExactly(
            tuple(Layer.PLAN, Optional.of(Duration.ofSeconds(15))),
            tuple(Layer.FUSE, Optional.of(Duration.ofSeconds(11))),
            tuple(Layer.JOURNAL, Optional.empty()));
  }
}
