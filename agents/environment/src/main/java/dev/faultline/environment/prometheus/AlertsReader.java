package dev.faultline.environment.prometheus;

import static dev.faultline.environment.prometheus.BlindException.malformed;

import dev.faultline.model.world.Answer.AlertRule;
import dev.faultline.model.world.Answer.AlertsAre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads how alerting rules stand, strictly: what is not understood is refused. */
final class AlertsReader {

  private final Secrets secrets;

  AlertsReader(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * The alerting rules of one name.
   *
   * @param data of an answer about rules
   */
  AlertsAre read(JsonNode data, String name) throws BlindException {
    List<AlertRule> rules = new ArrayList<>();
    for (JsonNode group : list(data.path("groups"))) {
      for (JsonNode rule : list(group.path("rules"))) {
        if (rule.path("type").asString("").equals("alerting")
            && rule.path("name").asString("").equals(name)) {
          rules.add(rule(rule));
        }
      }
    }
    return new AlertsAre(rules);
  }

  private AlertRule rule(JsonNode rule) throws BlindException {
    List<Map<String, String>> firing = new ArrayList<>();
    for (JsonNode alert : rule.has("alerts") ? list(rule.path("alerts")) : List.<JsonNode>of()) {
      if (alert.path("state").asString("").equals("firing")) {
        firing.add(labels(alert.path("labels")));
      }
    }
    if (firing.isEmpty() && rule.path("state").asString("").equals("firing")) {
      firing.add(Map.of());
    }
    return new AlertRule(trouble(rule), firing);
  }

  private Optional<String> trouble(JsonNode rule) {
    String health = rule.path("health").asString("ok");
    if (health.equals("ok")) {
      return Optional.empty();
    }
    String error = rule.path("lastError").asString("");
    return Optional.of(
        error.isEmpty()
            ? "Prometheus has not evaluated this rule yet"
            : "Prometheus cannot evaluate this rule: " + secrets.message(error));
  }

  private Map<String, String> labels(JsonNode node) {
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : node.properties()) {
      labels.put(secrets.label(label.getKey()), secrets.label(label.getValue().asString("")));
    }
    return labels;
  }

  private static JsonNode list(JsonNode node) throws BlindException {
    if (!node.isArray()) {
      throw malformed("the answer has no list of rules");
    }
    return node;
  }
}
