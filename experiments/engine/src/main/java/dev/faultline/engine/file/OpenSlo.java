package dev.faultline.engine.file;

import dev.faultline.judge.Quantity;
import dev.faultline.model.gate.BurnRate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Objectives of OpenSLO, {@code openslo/v1}, whose metrics are in Prometheus. */
final class OpenSlo implements SloFormat {

  private static final Set<String> SPEC =
      Set.of(
          "description",
          "service",
          "indicator",
          "indicatorRef",
          "timeWindow",
          "budgetingMethod",
          "objectives",
          "alertPolicies");
  private static final Set<String> OBJECTIVE =
      Set.of("displayName", "op", "value", "target", "targetPercent");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  @Override
  public boolean knows(ForeignNode document) {
    return document.textOr("apiVersion", "").equals("openslo/v1");
  }

  @Override
  public void slos(ForeignNode document, Found found) throws InvalidFile {
    String name = document.at("metadata").at("name").text();
    if (document.textOr("kind", "").equals("SLO")) {
      found.slo(name, document);
    } else {
      found.other(document.at("kind").text(), name, document);
    }
  }

  @Override
  public Budget read(ForeignNode slo, Found all) throws InvalidFile {
    slo.only(Set.of("apiVersion", "kind", "metadata", "spec"));
    ForeignNode spec = slo.at("spec").only(SPEC);
    if (spec.has("budgetingMethod") && !spec.at("budgetingMethod").text().equals("Occurrences")) {
      throw spec.at("budgetingMethod")
          .refuse("time slices are not counted here; a gate reads 'Occurrences'");
    }
    List<ForeignNode> objectives = spec.at("objectives").list();
    if (objectives.size() != 1) {
      throw spec.at("objectives")
          .refuse("%d objectives stand here; a gate reads one".formatted(objectives.size()));
    }
    ForeignNode objective = objectives.getFirst().only(OBJECTIVE);
    ForeignNode indicator =
        indicator(spec, all).only(Set.of("description", "thresholdMetric", "ratioMetric"));
    if (indicator.has("thresholdMetric") == indicator.has("ratioMetric")) {
      throw indicator.refuse("one of 'thresholdMetric' and 'ratioMetric' is expected here");
    }
    OpenSloMetrics metrics = new OpenSloMetrics(all);
    return indicator.has("ratioMetric")
        ? metrics.ratio(indicator.at("ratioMetric"), target(objective))
        : Budget.share(
            exceeded(metrics.query(indicator.at("thresholdMetric")), objective), target(objective));
  }

  private static ForeignNode indicator(ForeignNode spec, Found all) throws InvalidFile {
    if (spec.has("indicator") == spec.has("indicatorRef")) {
      throw spec.refuse("one of 'indicator' and 'indicatorRef' is expected here");
    }
    if (spec.has("indicator")) {
      return spec.at("indicator").only(Set.of("metadata", "spec")).at("spec");
    }
    ForeignNode reference = spec.at("indicatorRef");
    return all.other("SLI", reference.text())
        .orElseThrow(
            () -> reference.refuse("no SLI of that name stands in this file; add it after '---'"))
        .at("spec");
  }

  private static Quantity target(ForeignNode objective) throws InvalidFile {
    if (objective.has("target") == objective.has("targetPercent")) {
      throw objective.refuse("one of 'target' and 'targetPercent' is expected here");
    }
    if (objective.has("targetPercent")) {
      ForeignNode percent = objective.at("targetPercent");
      return Budget.percent(percent, percent.number());
    }
    ForeignNode target = objective.at("target");
    return Budget.percent(target, target.number().multiply(HUNDRED));
  }

  /** The share of moments at which the metric is on the wrong side. */
  private static String exceeded(String query, ForeignNode objective) throws InvalidFile {
    ForeignNode op = objective.at("op");
    String wrong =
        switch (op.text().toLowerCase(Locale.ROOT)) {
          case "lte" -> ">";
          case "lt" -> ">=";
          case "gte" -> "<";
          case "gt" -> "<=";
          default -> throw op.refuse("one of lt, lte, gt, gte is expected here");
        };
    return "avg_over_time(((%s) %s bool %s)[%s:%s])"
        .formatted(
            query,
            wrong,
            objective.at("value").number().toPlainString(),
            BurnRate.WINDOW,
            OpenSloMetrics.STEP);
  }
}
