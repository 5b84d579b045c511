package dev.faultline.engine.run;

import static dev.faultline.engine.run.Simulation.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.judge.BlindReason;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Outcome;
import dev.faultline.judge.Reading;
import dev.faultline.judge.Verdict;
import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Event;
import dev.faultline.model.event.Evidence;
import dev.faultline.model.event.Phase;
import dev.faultline.model.event.StepRef;
import dev.faultline.model.event.StopReason;
import dev.faultline.model.fault.Step;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.model.world.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the events of a run amount to; the fault begins after 2 s and recovery may take 10 s. */
final class VerdictsTest {

  private static final String SPEC =
      "{'gates':[{'name':'g','prometheus':'x','below':1,'breach':'record','noData':'fail'},"
          + "{'name':'other','prometheus':'y','below':1,'when':['before']}],"
          + "'faults':[{'freeze':{},'target':{'process':'db'},'for':'5s'}]}";

  private final List<Entry> entries = new ArrayList<>();

  private void at(double second, Event event) {
    entries.add(new Entry(entries.size(), Instant.EPOCH, seconds(second), event));
  }

  private void phase(double second, Phase phase) {
    at(second, new Event.PhaseBegan(phase));
  }

  private void read(double second, String gate, Status status) {
    Reading reading =
        status == Status.BLIND ? new Reading.Blind(BlindReason.NO_DATA, "") : new Reading.Value(0);
    at(second, new Event.GateRead(gate, reading, status));
  }

  private void stop(double second, StopReason reason, String gate) {
    at(second, new Event.Stopping(reason, Optional.of(gate), "stopped"));
  }

  private void begin(boolean instant) {
    LoadedExperiment some = Simulation.experiment(SPEC);
    at(
        0,
        new Event.RunStarted(
            "r", "x", some.spec(), some.environment(), "x.yaml", "/", false, "h", "v"));
    phase(0, Phase.BASELINE);
    Plan.Times times = new Plan.Times(seconds(2), seconds(5), seconds(10), seconds(1));
    Plan.PlannedFault fault =
        new Plan.PlannedFault(
            "f",
            "w",
            instant,
            Duration.ZERO,
            Optional.empty(),
            seconds(instant ? 0 : 5),
            1,
            Duration.ZERO,
            List.of(),
            List.of());
    at(
        0,
        new Event.Planned(
            new Plan(
                "x",
                "h",
                1,
                seconds(10),
                times,
                Optional.empty(),
                List.of(fault),
                List.of(),
                List.of())));
    read(1, "g", Status.INSIDE);
    read(1, "other", Status.INSIDE);
    phase(2, Phase.FAULTS);
  }

  private void recover(double began, double returned) {
    phase(began, Phase.RECOVERY);
    read(returned - 0.5, "g", Status.OUTSIDE);
    read(returned, "g", Status.INSIDE);
    read(returned + 1, "g", Status.INSIDE);
    phase(returned + 1, Phase.CLOSED);
  }

  private Verdict verdict() {
    return Verdicts.of(RunSummary.of(entries));
  }

  private List<String> reasons() {
    return verdict().reasons().stream().map(Verdict.Reason::words).toList();
  }

  @ParameterizedTest
  @CsvSource({"17, true", "17.001, false"})
  void aGateMayComeBackAsLateAsTheRecoveryAllows(double returned, boolean passes) {
    begin(false);
    read(3, "g", Status.INSIDE);
    recover(7, returned);

    assertThat(verdict().outcome()).isEqualTo(passes ? Outcome.PASSED : Outcome.FAILED);
    assertThat(reasons()).hasSize(passes ? 0 : 1).allMatch(words -> words.contains("too late"));
  }

  @ParameterizedTest
  @CsvSource({"false, FAILED", "true, PASSED"})
  void aRecordedBreachCountsWhileSomethingCouldBeWithdrawn(boolean instant, Outcome outcome) {
    begin(instant);
    read(3, "g", Status.BREACHED);
    recover(7, 8);

    assertThat(verdict().outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"3.5, 0", "3.501, 1"})
  void aGateThatIsBlindThroughoutAFaultOfSomeLengthIsBlind(double end, int reasons) {
    begin(false);
    read(3, "g", Status.BLIND);
    recover(end, end + 1);

    assertThat(reasons())
        .hasSize(reasons)
        .allMatch(words -> words.contains("could not be read while the faults were in force"));
  }

  @Test
  void oneLookDuringTheUndoIsEnoughToSee() {
    begin(false);
    read(3, "g", Status.BLIND);
    phase(7, Phase.UNDO);
    read(7.5, "g", Status.INSIDE);
    recover(8, 9);

    assertThat(verdict().outcome()).isEqualTo(Outcome.PASSED);
  }

  @ParameterizedTest
  @CsvSource({"g, FAILED", "other, INCONCLUSIVE"})
  void whatABlindGateMakesOfTheRunIsForThatGateToSay(String gate, Outcome outcome) {
    begin(false);
    stop(3, StopReason.GATE_BLIND, gate);
    recover(4, 5);

    assertThat(verdict().outcome()).isEqualTo(outcome);
  }

  @Test
  void afterAHaltNoGateIsJudgedAndAfterABreachItIs() {
    begin(false);
    stop(3, StopReason.HALTED, "run");
    phase(4, Phase.RECOVERY);
    read(5, "g", Status.OUTSIDE);
    assertThat(reasons()).containsExactly("stopped");

    stop(6, StopReason.GATE_BREACHED, "g");
    assertThat(reasons()).containsExactly("stopped", "stopped");

    entries.clear();
    begin(false);
    stop(3, StopReason.GATE_BREACHED, "g");
    phase(4, Phase.RECOVERY);
    read(5, "g", Status.OUTSIDE);
    assertThat(reasons())
        .containsExactly(
            "stopped",
            "gate g did not return: it had to be below 1 within 10 s of the end of the last fault");
  }

  @Test
  void aStepWithoutAProvenEffectIsTheReasonUnlessTheRunWasStopped() {
    begin(false);
    StepRef ref = new StepRef("f", 0, "t", 0);
    Action touch = new Action.RunCommand(List.of("touch"), seconds(1));
    at(3, new Event.StepIntended(ref, new Step(touch, Optional.empty(), Optional.empty())));
    read(3, "g", Status.INSIDE);
    List<Entry> intended = List.copyOf(entries);
    at(4, new Event.StepVerified(ref, new Evidence(true, "seen")));
    recover(7, 8);
    assertThat(verdict().outcome()).isEqualTo(Outcome.PASSED);

    entries.retainAll(intended);
    at(4, new Event.StepVerified(ref, new Evidence(false, "not seen")));
    recover(7, 8);
    assertThat(verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(reasons()).singleElement().asString().contains("had no proven effect");

    stop(9, StopReason.FAULT_FAILED, "f");
    assertThat(reasons()).containsExactly("stopped");
  }
}
