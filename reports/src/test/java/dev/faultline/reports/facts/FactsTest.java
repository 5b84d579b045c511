package dev.faultline.reports.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FactsTest {

  @Test
  void aRunThatEndedWellKeepsThePromise() {
    Promise promise = Promise.of(Samples.frozen());
    assertThat(promise.words()).isEqualTo("Every fault ended: 2 of 2 undos proven");
    assertThat(promise.kept()).isTrue();
  }

  @Test
  void anUndoThatIsNotProvenBreaksThePromise() {
    Promise promise = Promise.of(Samples.undoNotProven());
    assertThat(promise.words())
        .isEqualTo("Not every fault is known to have ended: 0 of 2 undos proven");
    assertThat(promise.open()).hasSize(2);
  }

  @Test
  void aFaultThatIsOverAtOnceHasNothingToUndo() {
    assertThat(Promise.of(Samples.killed()).words()).startsWith("Nothing stays in force");
  }

  @Test
  void aRunThatDiedHasNoVerdictAndSaysWhatToDo() {
    Headline headline = Headline.of(Samples.died());
    assertThat(headline.tone()).isEqualTo(Headline.Tone.DANGER);
    assertThat(headline.reason()).contains("in phase faults", "run 'faultline undo'");
  }

  @Test
  void theLoadIsToldBeforeDuringAndAfterTheFault() {
    LoadFacts load = LoadFacts.of(Samples.frozen()).orElseThrow();
    assertThat(load.parts())
        .extracting(part -> part.part().name())
        .containsExactly("before", "during", "after");
    assertThat(load.parts().get(0).failures()).isZero();
    assertThat(load.parts().get(1).failures()).isPositive();
    assertThat(load.intended()).isEqualTo(load.answered() + load.failed());
  }

  @Test
  void afterAnInstantFaultDuringLastsUntilTheSteadyState() {
    assertThat(Part.of(Samples.killed()).get(1).definition()).contains("to the steady state");
  }

  @Test
  void overlappingWritesAreOnlyCountedWhereThereAreTimelines() {
    LedgerFacts postgres = LedgerFacts.of(Samples.splitBrain()).orElseThrow();
    LedgerFacts etcd = new LedgerFacts(postgres.account(), postgres.began(), false);
    assertThat(List.of(postgres, etcd))
        .flatExtracting(LedgerFacts::counts)
        .filteredOn(count -> count.name().equals("overlapping"))
        .extracting(LedgerFacts.Count::value)
        .containsExactly("212", "not counted");
  }

  @Test
  void aFuseIsNoFaultInForce() {
    assertThat(FaultWindow.of(Samples.frozen())).hasSize(1);
  }

  @Test
  void blindLooksInARowAreOneStretch() {
    GateFacts gate = Facts.of(Samples.blind()).gates().getFirst();
    assertThat(gate.blind()).hasSize(1);
    assertThat(gate.blind().getFirst().looks()).isEqualTo(12);
    assertThat(gate.state()).isEqualTo("blind at times");
  }

  @Test
  void theWorstValueDependsOnTheBound() {
    assertThat(Facts.of(Samples.frozen()).gates())
        .extracting(GateFacts::worst)
        .containsExactly("38.11%", "5.12s", "107.97/s");
  }

  @Test
  void whatWasNotMeasuredIsSaid() {
    assertThat(Facts.of(Samples.blind()).unmeasured())
        .anyMatch(words -> words.startsWith("t_impact was not seen"))
        .anyMatch(words -> words.startsWith("Gate errors was blind +0:24.0 to +0:37.4, 12 looks"))
        .anyMatch(words -> words.contains("ledger"));
    assertThat(Facts.of(Samples.killed()).unmeasured())
        .contains("Requests and latencies: the load did not complete a second");
  }

  @Test
  void aRunWhoseGatesAllHeldHasNoImpact() {
    Recovery recovery = Recovery.of(Samples.passed());
    assertThat(recovery.spans()).extracting(Recovery.Between::time).containsOnly("no impact");
    assertThat(Facts.of(Samples.passed()).unmeasured())
        .noneMatch(words -> words.contains("was not seen"))
        .anyMatch(words -> words.contains("nothing to detect"));
  }

  @Test
  void theSteadyStateIsNeverBeforeTheEffect() {
    RunSummary run = Samples.passed();
    assertThat(run.figures().steady().orElseThrow().elapsed())
        .isGreaterThan(run.figures().inject().orElseThrow().elapsed());
    assertThat(run.figures().steady().orElseThrow().evidence()).startsWith("none left: ");
  }
}
