package dev.faultline.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.Samples;
import dev.faultline.reports.facts.LoadFacts;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PercentilePlotTest {

  private static PercentilePlot plot(RunSummary run) {
    return PercentilePlot.of(LoadFacts.of(run).orElseThrow()).orElseThrow();
  }

  private static List<double[]> dots(SvgPath path) {
    return Arrays.stream(path.d().substring(1).split("L"))
        .map(dot -> Arrays.stream(dot.split(" ")).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  @Test
  void beforeDuringAndAfterHaveALineEachAndANameEach() {
    PercentilePlot plot = plot(Samples.frozen());
    assertThat(plot.lines())
        .extracting(PercentilePlot.Curve::style)
        .containsExactlyInAnyOrder("before", "during", "after");
    List<Double> names = plot.lines().stream().map(PercentilePlot.Curve::y).sorted().toList();
    for (int i = 1; i < names.size(); i++) {
      assertThat(names.get(i) - names.get(i - 1)).isGreaterThanOrEqualTo(15);
    }
    assertThat(names.getLast()).isLessThanOrEqualTo(PercentilePlot.HEIGHT);
  }

  @Test
  void aLineNeverGoesBackOrDownAndStaysInTheDrawing() {
    for (PercentilePlot.Curve line : plot(Samples.frozen()).lines()) {
      List<double[]> dots = dots(line.path());
      assertThat(dots).hasSizeGreaterThan(20);
      for (int i = 1; i < dots.size(); i++) {
        assertThat(dots.get(i)[0]).isGreaterThanOrEqualTo(dots.get(i - 1)[0]);
        assertThat(dots.get(i)[1]).isLessThanOrEqualTo(dots.get(i - 1)[1]);
      }
      assertThat(dots)
          .allSatisfy(
              dot -> {
                assertThat(dot[0]).isBetween(0.0, 1000.0);
                assertThat(dot[1]).isBetween(0.0, (double) PercentilePlot.HEIGHT);
              });
    }
  }

  @Test
  void eachNineTakesTheSameRoomAndNoneIsClaimedThatNobodyMeasured() {
    PercentilePlot plot = plot(Samples.passed());
    List<Double> places =
        plot.percentiles().stream()
            .filter(tick -> !tick.label().equals("p50"))
            .map(tick -> Double.parseDouble(tick.x().replace("%", "")))
            .toList();
    assertThat(plot.percentiles()).extracting(TimeAxis.Tick::label).startsWith("p0", "p50", "p90");
    for (int i = 2; i < places.size(); i++) {
      double room = places.get(i) - places.get(i - 1);
      assertThat(room).isBetween(places.get(1) - 0.02, places.get(1) + 0.02);
    }
    assertThat(plot.percentiles()).extracting(TimeAxis.Tick::label).doesNotContain("p99.99");
  }
}
