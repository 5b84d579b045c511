package dev.faultline.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.reports.facts.FailoverFacts;
import dev.faultline.reports.facts.FaultWindow;
import org.junit.jupiter.api.Test;

final class GapChartTest {

  private static GapChart whole(RunSummary run) {
    return GapChart.of(
        TimeAxis.of(run),
        FailoverFacts.of(run).orElseThrow().ledger().orElseThrow(),
        FaultWindow.of(run));
  }

  private static GapChart closeUp(RunSummary run) {
    FailoverFacts facts = FailoverFacts.of(run).orElseThrow();
    return GapChart.closeUp(
        facts.ledger().orElseThrow(), facts.outage().orElseThrow(), FaultWindow.of(run));
  }

  @Test
  void eachWriterHasARowAndSlownessIsToldApartFromFailure() {
    GapChart chart = whole(Samples.synchronous());
    assertThat(chart.rows()).hasSize(8);
    assertThat(chart.rows().get(5).bars()).extracting(GapChart.Bar::failed).contains(false, true);
    assertThat(chart.rows().get(4).bars()).extracting(GapChart.Bar::failed).containsExactly(true);
    assertThat(chart.faults()).hasSize(1);
  }

  @Test
  void manyWritersShareRowsAndNoneIsLeftOut() {
    GapChart chart = whole(Samples.many());
    assertThat(chart.grouped()).isEqualTo(4);
    assertThat(chart.rows()).hasSize(64).allSatisfy(row -> assertThat(row.bars()).isNotEmpty());
    assertThat(chart.rows().getFirst().label()).isEqualTo("1–4");
    assertThat(chart.rows().getLast().label()).isEqualTo("253–256");
    assertThat(chart.height()).isLessThanOrEqualTo(320);
  }

  @Test
  void thePartsOfTheOutageLieEndToEndOnTheAxisOfTheWriters() {
    GapChart chart = closeUp(Samples.synchronous());
    assertThat(chart.parts())
        .extracting(GapChart.Stretch::name)
        .containsExactly("detection", "election", "promotion", "reconnection");
    for (int i = 1; i < chart.parts().size(); i++) {
      assertThat(chart.parts().get(i).band().from())
          .isEqualTo(chart.parts().get(i - 1).band().to());
    }
    double back = chart.parts().getLast().band().to();
    assertThat(chart.rows())
        .allSatisfy(
            row -> assertThat(row.bars().getLast().band().to()).isGreaterThanOrEqualTo(back));
  }

  @Test
  void anOutageWithoutAnEndIsDrawnToTheEnd() {
    GapChart chart = closeUp(Samples.neverBack());
    assertThat(chart.rows())
        .allSatisfy(
            row -> {
              assertThat(row.bars().getFirst().band().to()).isGreaterThan(0.9);
              assertThat(row.bars().getFirst().band().words()).contains("and no end");
            });
  }
}
