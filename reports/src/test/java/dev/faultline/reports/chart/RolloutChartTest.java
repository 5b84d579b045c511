package dev.faultline.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.reports.facts.RolloutFacts;
import org.junit.jupiter.api.Test;

final class RolloutChartTest {

  private static ShareChart share(RunSummary run) {
    return ShareChart.of(TimeAxis.of(run), RolloutFacts.of(run).orElseThrow());
  }

  private static ComparisonChart errors(RunSummary run) {
    RolloutFacts facts = RolloutFacts.of(run).orElseThrow();
    return ComparisonChart.of(TimeAxis.of(run), facts.comparisons().getFirst(), facts);
  }

  private static long parts(SvgPath path, char letter) {
    return path.d().chars().filter(one -> one == letter).count();
  }

  @Test
  void theAskedShareGoesUpStepByStepAndBackToNothing() {
    ShareChart back = share(Samples.rolledBack());
    assertThat(parts(back.asked(), 'V')).isEqualTo(3);
    assertThat(back.asked().d()).startsWith("M0 150H").endsWith("V150H1000");
    assertThat(share(Samples.promoted()).asked().d()).doesNotContain("V150");
  }

  @Test
  void theObservedShareBeginsAnewWithEachStep() {
    ShareChart chart = share(Samples.rolledBack());
    assertThat(parts(chart.observed(), 'M')).isEqualTo(2);
    assertThat(parts(chart.interval(), 'z')).isEqualTo(2);
    assertThat(chart.steps()).extracting(RolloutMark::label).containsExactly("20%", "50%");
  }

  @Test
  void theEndsAreMarked() {
    assertThat(share(Samples.rolledBack()).marks())
        .extracting(RolloutMark::label)
        .containsExactly("stop", "back at stable");
    assertThat(share(Samples.promoted()).marks())
        .extracting(RolloutMark::label)
        .containsExactly("promoted");
    assertThat(share(Samples.rolloutDied()).marks()).isEmpty();
  }

  @Test
  void theLinesAreBrokenWhereNothingWasSeen() {
    ComparisonChart chart = errors(Samples.rolledBack());
    assertThat(chart.blind()).hasSize(1);
    assertThat(parts(chart.canary(), 'M')).isEqualTo(2);
    assertThat(parts(chart.evidence().worse(), 'M')).isEqualTo(2);
  }

  @Test
  void theStoppingLineIsTheOneOfTheRollout() {
    EvidenceChart chart = errors(Samples.rolledBack()).evidence();
    assertThat(chart.line().label()).isEqualTo("enough: 200 to 1");
    assertThat(chart.ticks()).extracting(ValueAxis.Tick::label).contains("1", "10", "100");
  }

  @Test
  void powersOfTenAreWrittenAsPeopleDo() {
    assertThat(EvidenceChart.power(3)).isEqualTo("1000");
    assertThat(EvidenceChart.power(12)).isEqualTo("10¹²");
    assertThat(EvidenceChart.power(-5)).isEqualTo("10⁻⁵");
    assertThat(EvidenceChart.power(-1)).isEqualTo("0.1");
  }
}
