package dev.faultline.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.comparison.Row.Change;
import dev.faultline.reports.history.History;
import dev.faultline.reports.history.Trend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {

  private static History of(int passed, int frozen) {
    List<RunSummary> runs = new ArrayList<>(Collections.nCopies(passed, Runs.passed().summary()));
    runs.addAll(Collections.nCopies(frozen, Runs.frozen().summary()));
    return History.of("orders-survive-freeze", runs);
  }

  private static Trend recovery(History history) {
    return history.trends().stream()
        .filter(trend -> trend.figure().equals("TTR"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fewRunsSayNothingOfATrend() {
    Trend trend = recovery(of(4, 5));
    assertThat(trend.change()).isEqualTo(Change.UNKNOWN);
    assertThat(trend.words())
        .isEqualTo(
            "not enough runs: 5 of the newest and 4 before have it, and a test needs 5 and 5");
  }

  @Test
  void fiveSlowRunsAfterFiveGoodOnesAreWorse() {
    Trend trend = recovery(of(5, 5));
    assertThat(trend.change()).as(trend.words()).isEqualTo(Change.WORSE);
    assertThat(trend.words()).startsWith("worse: larger in 100% of pairs");
  }

  @Test
  void runsAlikeAreNoTrend() {
    assertThat(of(10, 0).trends()).allMatch(trend -> trend.change() == Change.SAME);
  }

  @Test
  void theNewestIsHeldToTheLastThatPassedBeforeIt() {
    History history = of(2, 2);
    assertThat(history.against()).contains(Runs.passed().summary().start().run());
    assertThat(history.regressed()).isTrue();
    assertThat(of(0, 1).standing()).isEqualTo("no accepted run to compare with");
    assertThat(history.runs()).hasSize(4).last().matches(run -> run.verdict().equals("Failed"));
  }
}
