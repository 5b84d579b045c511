package dev.faultline.reports.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.twosample.MeanDifference;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.reports.facts.RolloutFacts.Ending;
import dev.faultline.reports.facts.RolloutFacts.Proof;
import dev.faultline.reports.facts.ShiftFacts.Decision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class RolloutFactsTest {

  private static RolloutFacts of(RunSummary run) {
    return RolloutFacts.of(run).orElseThrow();
  }

  private static List<Decision> decisions(RunSummary run) {
    return of(run).steps().stream().map(ShiftFacts::decision).toList();
  }

  @Test
  void anExperimentIsNoRollout() {
    assertThat(RolloutFacts.of(Samples.frozen())).isEmpty();
  }

  @Test
  void everyStepTellsWhatCameOfIt() {
    assertThat(decisions(Samples.rolledBack()))
        .containsExactly(Decision.WENT_ON, Decision.ROLLED_BACK, Decision.NOT_REACHED);
    assertThat(decisions(Samples.promoted()))
        .containsExactly(Decision.WENT_ON, Decision.WENT_ON, Decision.PROMOTED);
    assertThat(decisions(Samples.rolloutDied()))
        .containsExactly(Decision.UNDER_WAY, Decision.NOT_REACHED, Decision.NOT_REACHED);
  }

  @Test
  void theTimesOfARollBackCountFromTheFirstTraffic() {
    RolloutFacts facts = of(Samples.rolledBack());
    assertThat(facts.ending()).isEqualTo(Ending.ROLLED_BACK);
    assertThat(facts.proof()).isEqualTo(Proof.ALL);
    assertThat(facts.first()).contains(Duration.ofMillis(20_280));
    assertThat(facts.timeToStop()).contains(Duration.ofMillis(59_820));
    assertThat(facts.timeBack()).contains(Duration.ofMillis(110));
    assertThat(facts.steps().get(1).to()).isEqualTo(facts.back());
  }

  @Test
  void bothVersionsUnderTheSameFaultsAreToldTwoByTwo() {
    RolloutFacts facts = of(Samples.tried());

    assertThat(facts.ending()).isEqualTo(Ending.ROLLED_BACK);
    TrialFacts errors = facts.trials().getFirst();
    assertThat(errors.comparison()).isEqualTo("errors");
    assertThat(errors.under().blames()).isTrue();
    assertThat(errors.usual().blames()).isFalse();
    MeanDifference harm = errors.difference().orElseThrow();
    assertThat(harm.mean()).isCloseTo(0.48, Offset.offset(0.06));
    assertThat(harm.low()).isBetween(0.3, harm.mean());
    assertThat(harm.high()).isBetween(harm.mean(), 0.6);
    TrialFacts slow = facts.trials().getLast();
    assertThat(slow.difference().orElseThrow().low()).isNegative();
    assertThat(slow.difference().orElseThrow().high()).isPositive();
    assertThat(facts.exposure().requests())
        .isEqualTo(
            facts.comparisons().get(0).canary().requests()
                + facts.comparisons().get(2).canary().requests());
  }

  @Test
  void blocksAreCountedInTheirStep() {
    RolloutFacts facts = of(Samples.rolledBack());
    double steps =
        facts.steps().stream()
            .mapToDouble(step -> step.counted().getFirst().canary().requests())
            .sum();
    assertThat(facts.exposure().requests()).isPositive().isEqualTo(steps);
    assertThat(facts.steps().getLast().counted().getFirst().canary().requests()).isZero();
  }

  @Test
  void whatTheCanaryDidWithCopiesNobodyMet() {
    RolloutFacts facts = of(Samples.rolledBack());
    ShiftFacts first = facts.steps().getFirst();
    List<ShiftFacts> steps = new ArrayList<>(facts.steps());
    steps.set(
        0,
        new ShiftFacts(
            first.number(),
            "copies of 10%",
            0,
            Optional.of(0.1),
            first.from(),
            first.to(),
            first.counted(),
            first.seen(),
            first.decision(),
            first.why()));

    Exposure exposure =
        Exposure.of(facts.comparisons(), facts.comparisons().size(), List.copyOf(steps));

    double copies = first.counted().getFirst().canary().requests();
    assertThat(copies).isPositive();
    assertThat(exposure.requests()).isEqualTo(facts.exposure().requests() - copies);
    assertThat(exposure.bad().getFirst().count())
        .isLessThanOrEqualTo(facts.exposure().bad().getFirst().count());
  }

  @Test
  void theExcessIsAgainstStablesRateInTheSameStep() {
    RolloutFacts facts = of(Samples.rolledBack());
    double excess =
        facts.steps().stream()
            .map(step -> step.counted().getFirst())
            .filter(one -> one.stable().requests() > 0)
            .mapToDouble(
                one ->
                    one.canary().bad()
                        - one.stable().bad() / one.stable().requests() * one.canary().requests())
            .sum();
    assertThat(facts.exposure().bad().getFirst().excess())
        .isCloseTo(excess, Offset.offset(1e-9))
        .isPositive();
  }

  @Test
  void aPromotionSaysHowMuchItKnows() {
    assertThat(of(Samples.promoted()).words()).isEqualTo("promoted with evidence");
    assertThat(of(Samples.promotedUnproven()).words()).isEqualTo("promoted without evidence");
    assertThat(Headline.of(Samples.promoted()).tone()).isEqualTo(Headline.Tone.GOOD);
    assertThat(Headline.of(Samples.promotedUnproven()).tone()).isEqualTo(Headline.Tone.UNSURE);
    assertThat(Headline.of(Samples.rolledBack()).word()).isEqualTo("Rolled back with evidence");
  }

  @Test
  void theShiftThatStaysIsNotMissingAnUndo() {
    Facts facts = Facts.of(Samples.promoted());
    assertThat(facts.promise().kept()).isTrue();
    assertThat(facts.promise().words()).endsWith("1 of 1 undo proven");
    assertThat(facts.faults().getFirst().steps()).allMatch(StepFacts::sound);
    assertThat(facts.windows()).hasSize(1).noneMatch(FaultWindow::open);
  }

  @Test
  void trafficThatIsNotKnownToBeBackIsSaid() {
    RolloutFacts facts = of(Samples.rolloutDied());
    assertThat(facts.ending()).isEqualTo(Ending.UNKNOWN);
    assertThat(facts.timeBack()).isEmpty();
    assertThat(Facts.of(Samples.rolloutDied()).promise().kept()).isFalse();
  }

  @Test
  void oddsAreReadable() {
    assertThat(ComparisonFacts.odds(0)).isEqualTo("1 to 1");
    assertThat(ComparisonFacts.odds(Math.log(200))).isEqualTo("200 to 1");
    assertThat(ComparisonFacts.odds(Math.log(0.25))).isEqualTo("0.25 to 1");
    assertThat(ComparisonFacts.odds(-50)).isEqualTo("less than 0.01 to 1");
    assertThat(ComparisonFacts.odds(800)).isEqualTo("over a million to 1");
  }
}
