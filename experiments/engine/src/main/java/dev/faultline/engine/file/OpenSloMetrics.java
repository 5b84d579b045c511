package dev.faultline.engine.file;

import dev.faultline.judge.Quantity;
import dev.faultline.model.gate.BurnRate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of an indicator of OpenSLO as queries over a window. */
final class OpenSloMetrics {

  /** How far apart the moments are at which a query without a window is read. */
  static final String STEP = "5s";

  private static final Pattern SUM = Pattern.compile("(?s)sum\\s*\\((.*)\\)");

  private final SloFormat.Found all;

  OpenSloMetrics(SloFormat.Found all) {
    this.all = all;
  }

  Budget ratio(ForeignNode ratio, Quantity objective) throws InvalidFile {
    ratio.only(Set.of("counter", "good", "bad", "total", "raw", "rawType"));
    boolean counter = ratio.node().path("counter").asBoolean(false);
    if (ratio.has("raw")) {
      return raw(ratio, objective);
    }
    if (ratio.has("good") == ratio.has("bad")) {
      throw ratio.refuse("one of 'good' and 'bad' is expected here, beside 'total'");
    }
    String total = events(ratio.at("total"), counter);
    return ratio.has("bad")
        ? Budget.events(events(ratio.at("bad"), counter), total, objective)
        : Budget.share(
            "1 - %s / %s".formatted(events(ratio.at("good"), counter), total), objective);
  }

  private Budget raw(ForeignNode ratio, Quantity objective) throws InvalidFile {
    ratio.only(Set.of("raw", "rawType", "counter"));
    ForeignNode type = ratio.at("rawType");
    String share = average(source(ratio.at("raw")));
    return switch (type.text()) {
      case "failure" -> Budget.share(share, objective);
      case "success" -> Budget.share("1 - " + share, objective);
      default -> throw type.refuse("'success' or 'failure' is expected here");
    };
  }

  private String events(ForeignNode part, boolean counter) throws InvalidFile {
    ForeignNode source = source(part);
    String query = source.text();
    if (!counter || Budget.isTemplate(query)) {
      return average(source);
    }
    Matcher sum = SUM.matcher(query);
    String metric = sum.matches() ? sum.group(1).strip() : query;
    if (!Budget.isMetric(metric)) {
      throw source.refuse(
          "with 'counter: true' a metric is expected here, such as sum(requests{job=\"a\"})");
    }
    return Budget.rate(metric);
  }

  private static String average(ForeignNode source) throws InvalidFile {
    String query = source.text();
    return Budget.isTemplate(query)
        ? Budget.windowed(source)
        : "avg_over_time((%s)[%s:%s])"
            .formatted(Budget.noTemplate(source, query), BurnRate.WINDOW, STEP);
  }

  /** The query of a metric source, without a template. */
  String query(ForeignNode part) throws InvalidFile {
    ForeignNode source = source(part);
    return Budget.noTemplate(source, source.text());
  }

  private ForeignNode source(ForeignNode part) throws InvalidFile {
    ForeignNode source = part.only(Set.of("metricSource")).at("metricSource");
    source.only(Set.of("metricSourceRef", "type", "spec"));
    requirePrometheus(source);
    return source.at("spec").only(Set.of("query")).at("query");
  }

  private void requirePrometheus(ForeignNode source) throws InvalidFile {
    Optional<ForeignNode> type = source.maybe("type");
    if (type.isEmpty() && source.has("metricSourceRef")) {
      ForeignNode reference = source.at("metricSourceRef");
      type =
          Optional.of(
              all.other("DataSource", reference.text())
                  .orElseThrow(
                      () ->
                          reference.refuse(
                              "this source does not stand in this file; add 'type: Prometheus'"))
                  .at("spec")
                  .at("type"));
    }
    ForeignNode known = type.isPresent() ? type.get() : source.at("type");
    if (!known.text().equalsIgnoreCase("prometheus")) {
      throw known.refuse("only metrics in Prometheus can be read, not in " + known.text());
    }
  }
}
