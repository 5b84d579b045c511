package dev.faultline.reports;

import dev.faultline.reports.chart.ComparisonChart;
import dev.faultline.reports.chart.GapChart;
import dev.faultline.reports.chart.GateChart;
import dev.faultline.reports.chart.LoadChart;
import dev.faultline.reports.chart.ObservationChart;
import dev.faultline.reports.chart.PercentilePlot;
import dev.faultline.reports.chart.ShareChart;
import dev.faultline.reports.chart.TimeAxis;
import dev.faultline.reports.chart.Timeline;
import dev.faultline.reports.chart.WritesChart;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.facts.FailoverFacts;
import dev.faultline.reports.facts.LoadFacts;
import dev.faultline.reports.facts.RolloutFacts;
import dev.faultline.reports.findings.Findings;
import java.util.Map;
import java.util.TreeMap;

/** What the templates of HTML pages are given: the facts of a run, and what is drawn of them. */
public final class HtmlModel {

  private HtmlModel() {}

  /** The model of a run, on or over; it can be added to. */
  public static Map<String, Object> of(Facts facts) {
    TimeAxis time = TimeAxis.of(facts.run());
    Map<String, Object> model = new TreeMap<>();
    model.put("facts", facts);
    model.put("time", time);
    model.put("timeline", Timeline.of(time, facts));
    model.put(
        "charts",
        facts.gates().stream().map(gate -> GateChart.of(time, gate, facts.windows())).toList());
    model.put(
        "observed",
        facts.observations().stream()
            .map(one -> ObservationChart.of(time, one, facts.windows()))
            .toList());
    facts.load().ifPresent(load -> addLoad(model, time, facts, load));
    facts.failover().ifPresent(failover -> addFailover(model, time, facts, failover));
    facts.rollout().ifPresent(rollout -> addRollout(model, time, rollout));
    model.put("findings", Findings.of(facts));
    return model;
  }

  private static void addLoad(
      Map<String, Object> model, TimeAxis time, Facts facts, LoadFacts load) {
    model.put("loadChart", LoadChart.of(time, facts.run(), load, facts.windows()));
    PercentilePlot.of(load).ifPresent(plot -> model.put("percentiles", plot));
  }

  private static void addFailover(
      Map<String, Object> model, TimeAxis time, Facts facts, FailoverFacts failover) {
    failover
        .ledger()
        .ifPresent(
            ledger -> {
              model.put("gaps", GapChart.of(time, ledger, facts.windows()));
              model.put("writes", WritesChart.of(time, ledger, facts.windows()));
              failover
                  .outage()
                  .ifPresent(
                      outage ->
                          model.put("closeUp", GapChart.closeUp(ledger, outage, facts.windows())));
            });
  }

  private static void addRollout(Map<String, Object> model, TimeAxis time, RolloutFacts rollout) {
    model.put("share", ShareChart.of(time, rollout));
    model.put(
        "comparisons",
        rollout.comparisons().stream()
            .map(comparison -> ComparisonChart.of(time, comparison, rollout))
            .toList());
  }
}
