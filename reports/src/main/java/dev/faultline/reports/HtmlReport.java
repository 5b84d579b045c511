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
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One file that needs nothing else: no script, no network, light and dark, on paper and on a phone.
 */
public final class HtmlReport implements Format {

  private static final int LONGEST = 2000;

  private final Templates templates = new Templates(LONGEST);
  private final String style = style();

  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public void write(Facts facts, Writer out) throws IOException {
    templates.write("report.ftlh", model(facts), out);
  }

  private Map<String, Object> model(Facts facts) {
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
    model.put("style", markup(style));
    model.put("styleHash", hash(style));
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

  private static Object markup(String style) {
    try {
      return HTMLOutputFormat.INSTANCE.fromMarkup(style);
    } catch (TemplateModelException impossible) {
      throw new IllegalStateException("a constant is not markup", impossible);
    }
  }

  private static String style() {
    try (InputStream file =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("report.css cannot be read from the class path", broken);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
