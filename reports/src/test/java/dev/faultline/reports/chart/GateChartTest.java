package dev.faultline.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.judge.BlindReason;
import dev.faultline.judge.Bound;
import dev.faultline.judge.GateState.Status;
import dev.faultline.judge.Quantity;
import dev.faultline.judge.Reading;
import dev.faultline.model.event.Phase;
import dev.faultline.model.gate.Gate;
import dev.faultline.model.gate.Prometheus;
import dev.faultline.model.summary.GateSummary;
import dev.faultline.reports.facts.GateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GateChartTest {

  private static final Gate GATE =
      new Gate(
          "g",
          Prometheus.of("up"),
          Optional.of(new Bound.Below(Quantity.parse("10"))),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final List<GateSummary.Point> points = new ArrayList<>();

  private void look(double seconds, Reading reading, Status status) {
    Duration at = Duration.ofMillis(Math.round(seconds * 1000));
    points.add(new GateSummary.Point(Instant.EPOCH.plus(at), at, Phase.FAULTS, reading, status));
  }

  private GateChart chart(long seconds) {
    return GateChart.of(
        new TimeAxis(Duration.ZERO, Duration.ofSeconds(seconds)),
        GateFacts.of(new GateSummary(GATE, points)),
        List.of());
  }

  private List<Thinned.Dot> thinned(long seconds) {
    return Thinned.of(
        new TimeAxis(Duration.ZERO, Duration.ofSeconds(seconds)), new GateSummary(GATE, points));
  }

  @Test
  void noExtremeIsLostHoweverManyLooksThereAre() {
    for (int i = 0; i < 100_000; i++) {
      double value = i == 54_321 ? 99 : i == 12_345 ? -7 : 5;
      look(i, new Reading.Value(value), value > 10 ? Status.BREACHED : Status.INSIDE);
    }
    List<Thinned.Dot> dots = thinned(100_000);
    assertThat(dots).hasSizeLessThanOrEqualTo(2004);
    assertThat(dots).extracting(Thinned.Dot::value).contains(99.0, -7.0);
    assertThat(dots).filteredOn(Thinned.Dot::outside).hasSize(1);
  }

  @Test
  void theLineIsBrokenWhereTheGateWasBlind() {
    look(0, new Reading.Value(1), Status.INSIDE);
    look(10, new Reading.Value(2), Status.INSIDE);
    look(20, new Reading.Blind(BlindReason.TIMEOUT, ""), Status.BLIND);
    look(30, new Reading.Value(3), Status.INSIDE);
    GateChart chart = chart(40);
    assertThat(chart.line().d().chars().filter(letter -> letter == 'M').count()).isEqualTo(2);
    assertThat(chart.blind()).hasSize(1);
    assertThat(chart.blind().getFirst().words()).contains("timeout");
  }

  @Test
  void theLineIsBrokenEvenWhereTheBlindLookIsThinnedAway() {
    for (int i = 0; i < 10_000; i++) {
      look(
          i,
          i == 5_005 ? new Reading.Blind(BlindReason.NAN, "") : new Reading.Value(1),
          i == 5_005 ? Status.BLIND : Status.INSIDE);
    }
    assertThat(thinned(10_000)).filteredOn(Thinned.Dot::gap).hasSize(2);
  }

  @Test
  void onlyThePartOutsideIsColoured() {
    look(0, new Reading.Value(1), Status.INSIDE);
    look(10, new Reading.Value(20), Status.OUTSIDE);
    look(20, new Reading.Value(30), Status.BREACHED);
    look(30, new Reading.Value(1), Status.INSIDE);
    assertThat(chart(40).outside().d())
        .startsWith("M250 ")
        .contains("L500 ")
        .doesNotContain("L750");
  }

  @Test
  void infiniteAndHugeValuesStayInTheDrawing() {
    look(0, new Reading.Value(Double.POSITIVE_INFINITY), Status.BREACHED);
    look(10, new Reading.Value(-Double.MAX_VALUE), Status.INSIDE);
    look(20, new Reading.Value(Double.MAX_VALUE), Status.BREACHED);
    assertThat(chart(40).line().d()).doesNotContain("NaN").doesNotContain("Inf");
    assertThat(chart(40).ticks()).isNotEmpty();
  }
}
