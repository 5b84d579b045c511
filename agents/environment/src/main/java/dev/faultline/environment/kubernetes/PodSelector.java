package dev.faultline.environment.kubernetes;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The selector by which a workload knows its pods, as lists are asked with it. */
final class PodSelector {

  private PodSelector() {}

  /** As a part of a query. */
  static String query(JsonNode selector) {
    Stream<String> labels =
        selector.path("matchLabels").properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asString(""));
    Stream<String> rules = selector.path("matchExpressions").valueStream().map(PodSelector::rule);
    return "labelSelector=" + Api.encoded(String.join(",", Stream.concat(labels, rules).toList()));
  }

  private static String rule(JsonNode rule) {
    String key = rule.path("key").asString("");
    List<String> values =
        rule.path("values").valueStream().map(value -> value.asString("")).toList();
    String listed = "(%s)".formatted(String.join(",", values));
    return switch (rule.path("operator").asString("")) {
      case "In" -> "%s in %s".formatted(key, listed);
      case "NotIn" -> "%s notin %s".formatted(key, listed);
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }
}
