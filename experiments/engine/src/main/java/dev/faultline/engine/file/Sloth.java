package dev.faultline.engine.file;

import dev.faultline.judge.Quantity;
import java.util.Optional;
import java.util.Set;

/** Objectives as Sloth writes them: {@code prometheus/v1}, and its custom resource. */
final class Sloth implements SloFormat {

  private static final Set<String> SLO =
      Set.of(
          "name",
          "description",
          "objective",
          "labels",
          "info_labels",
          "infoLabels",
          "sli",
          "alerting");

  @Override
  public boolean knows(ForeignNode document) {
    return document.textOr("version", "").equals("prometheus/v1") || isResource(document);
  }

  private static boolean isResource(ForeignNode document) {
    return document.textOr("apiVersion", "").equals("sloth.slok.dev/v1")
        && document.textOr("kind", "").equals("PrometheusServiceLevel");
  }

  @Override
  public void slos(ForeignNode document, Found found) throws InvalidFile {
    ForeignNode spec = document;
    if (isResource(document)) {
      document.only(Set.of("apiVersion", "kind", "metadata", "spec", "status"));
      spec = document.at("spec").only(Set.of("service", "labels", "slos"));
    } else {
      spec.only(Set.of("version", "service", "labels", "slos"));
    }
    for (ForeignNode slo : spec.at("slos").list()) {
      found.slo(slo.at("name").text(), slo);
    }
  }

  @Override
  public Budget read(ForeignNode slo, Found all) throws InvalidFile {
    slo.only(SLO);
    Quantity objective = Budget.percent(slo.at("objective"), slo.at("objective").number());
    ForeignNode sli = slo.at("sli");
    if (sli.has("plugin")) {
      throw sli.refuse("plugin", "an SLI of a plugin is a program of Sloth's; write its queries");
    }
    sli.only(Set.of("events", "raw"));
    if (sli.has("events") == sli.has("raw")) {
      throw sli.refuse("one of 'events' and 'raw' is expected here");
    }
    return sli.has("events") ? events(sli.at("events"), objective) : raw(sli.at("raw"), objective);
  }

  private static Budget events(ForeignNode events, Quantity objective) throws InvalidFile {
    events.only(Set.of("error_query", "total_query", "errorQuery", "totalQuery"));
    return Budget.events(
        Budget.windowed(either(events, "error_query", "errorQuery")),
        Budget.windowed(either(events, "total_query", "totalQuery")),
        objective);
  }

  private static Budget raw(ForeignNode raw, Quantity objective) throws InvalidFile {
    raw.only(Set.of("error_ratio_query", "errorRatioQuery"));
    return Budget.share(
        Budget.windowed(either(raw, "error_ratio_query", "errorRatioQuery")), objective);
  }

  /** Files and custom resources spell the same key differently. */
  private static ForeignNode either(ForeignNode in, String snake, String camel) throws InvalidFile {
    Optional<ForeignNode> other = in.maybe(camel);
    return other.isPresent() ? other.get() : in.at(snake);
  }
}
