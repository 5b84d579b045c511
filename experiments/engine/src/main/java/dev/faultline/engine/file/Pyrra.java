package dev.faultline.engine.file;

import dev.faultline.judge.Quantity;
import dev.faultline.model.gate.BurnRate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Objectives as Pyrra writes them: {@code pyrra.dev/v1alpha1 ServiceLevelObjective}. */
final class Pyrra implements SloFormat {

  private static final Set<String> SPEC =
      Set.of(
          "target",
          "window",
          "description",
          "alerting",
          "indicator",
          "partial_response_strategy",
          "performance_over_accuracy");
  private static final List<String> KINDS =
      List.of("ratio", "latency", "latencyNative", "bool_gauge");

  @Override
  public boolean knows(ForeignNode document) {
    return document.textOr("apiVersion", "").equals("pyrra.dev/v1alpha1")
        && document.textOr("kind", "").equals("ServiceLevelObjective");
  }

  @Override
  public void slos(ForeignNode document, Found found) throws InvalidFile {
    found.slo(document.at("metadata").at("name").text(), document);
  }

  @Override
  public Budget read(ForeignNode slo, Found all) throws InvalidFile {
    slo.only(Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    ForeignNode spec = slo.at("spec").only(SPEC);
    Quantity objective = Budget.percent(spec.at("target"), spec.at("target").number());
    ForeignNode indicator = spec.at("indicator").only(Set.copyOf(KINDS));
    List<String> given = KINDS.stream().filter(indicator::has).toList();
    if (given.size() != 1) {
      throw indicator.refuse("one of %s is expected here".formatted(String.join(", ", KINDS)));
    }
    ForeignNode kind = indicator.at(given.getFirst());
    if (kind.has("grouping") && kind.at("grouping").node().size() > 0) {
      throw kind.refuse(
          "grouping", "this is an SLO for each group; a gate reads one: put the group into labels");
    }
    return switch (given.getFirst()) {
      case "ratio" -> ratio(kind, objective);
      case "latency" -> latency(kind, objective);
      case "latencyNative" -> latencyNative(kind, objective);
      default -> boolGauge(kind, objective);
    };
  }

  private static Budget ratio(ForeignNode ratio, Quantity objective) throws InvalidFile {
    ratio.only(Set.of("errors", "total", "grouping"));
    return Budget.events(
        Budget.rate(metric(ratio.at("errors"))), Budget.rate(metric(ratio.at("total"))), objective);
  }

  /** Not by difference: without the bucket, which a mistyped limit has not, none would be bad. */
  private static Budget latency(ForeignNode latency, Quantity objective) throws InvalidFile {
    latency.only(Set.of("success", "total", "grouping"));
    return Budget.share(
        "1 - %s / %s"
            .formatted(
                Budget.rate(metric(latency.at("success"))),
                Budget.rate(metric(latency.at("total")))),
        objective);
  }

  private static Budget latencyNative(ForeignNode latency, Quantity objective) throws InvalidFile {
    latency.only(Set.of("latency", "total", "grouping"));
    Duration limit = latency.at("latency").duration();
    return Budget.share(
        "1 - histogram_fraction(0, %s, %s)"
            .formatted(
                BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString(),
                Budget.rate(metric(latency.at("total")))),
        objective);
  }

  private static Budget boolGauge(ForeignNode gauge, Quantity objective) throws InvalidFile {
    String metric = metric(gauge.only(Set.of("metric", "grouping")));
    return Budget.share(
        "1 - sum(sum_over_time(%s[%s])) / sum(count_over_time(%s[%s]))"
            .formatted(metric, BurnRate.WINDOW, metric, BurnRate.WINDOW),
        objective);
  }

  private static String metric(ForeignNode query) throws InvalidFile {
    ForeignNode metric = query.at("metric");
    String text = metric.text();
    if (!Budget.isMetric(text)) {
      throw metric.refuse("a metric with its labels is expected here, such as requests{job=\"a\"}");
    }
    return text;
  }
}
