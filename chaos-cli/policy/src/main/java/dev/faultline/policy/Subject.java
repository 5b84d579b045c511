package dev.faultline.policy;

import dev.faultline.engine.file.LoadedExperiment;
import dev.faultline.engine.file.Manifest;
import dev.faultline.model.codec.Codec;
import dev.faultline.model.plan.Plan;
import dev.faultline.model.policy.PolicyRule.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is judged, as expressions see it: what stands in files, under the words of the file format.
 *
 * @param kind what it is
 * @param values by the names of variables
 */
public record Subject(Judged kind, Map<String, Object> values) {

  /** A plan with its experiment or rollout. */
  public static Subject of(LoadedExperiment experiment, Plan plan, Instant now) {
    JsonNode spec =
        experiment
            .rollout()
            .<JsonNode>map(rollout -> Codec.json().valueToTree(rollout))
            .orElseGet(() -> Codec.json().valueToTree(experiment.spec()));
    return new Subject(
        Judged.PLAN,
        Map.of(
            Variable.KIND.word(),
            experiment.rollout().isPresent() ? "Rollout" : "Experiment",
            Variable.NAME.word(),
            experiment.name(),
            Variable.SPEC.word(),
            plain(spec),
            Variable.ENVIRONMENT.word(),
            plain(Codec.json().valueToTree(experiment.environment())),
            Variable.ENVIRONMENT_NAME.word(),
            experiment.environmentName(),
            Variable.PLAN.word(),
            plain(Codec.json().valueToTree(plan)),
            Variable.NOW.word(),
            now));
  }

  /**
   * The same of a plan that is run, as far as these have approved it. Before that, what rules say
   * of approvals is not judged.
   */
  public Subject approvedBy(List<Approved> people) {
    Map<String, Object> all = new HashMap<>(values);
    all.put(Variable.APPROVALS.word(), people.stream().map(Approved::values).toList());
    return new Subject(kind, all);
  }

  /** Whether it has a value for this. */
  boolean knows(Variable variable) {
    return values.containsKey(variable.word());
  }

  /** An object of Kubernetes. */
  public static Subject of(Manifest manifest, Instant now) {
    return new Subject(
        Judged.MANIFEST,
        Map.of(
            Variable.KIND.word(),
            manifest.tree().path("kind").asString(""),
            Variable.NAME.word(),
            manifest.tree().path("metadata").path("name").asString(""),
            Variable.MANIFEST.word(),
            plain(manifest.tree()),
            Variable.NOW.word(),
            now));
  }

  /**
   * The same as rules in Rego see it: an object of Kubernetes as it stands in its file, and of a
   * plan all that expressions have, with the time as a text.
   */
  Object input() {
    Object manifest = values.get(Variable.MANIFEST.word());
    if (manifest != null) {
      return manifest;
    }
    Map<String, Object> input = new LinkedHashMap<>(values);
    input.replaceAll((_, value) -> text(value));
    return input;
  }

  private static Object text(Object value) {
    return switch (value) {
      case Instant time -> time.toString();
      case List<?> list -> list.stream().map(Subject::text).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> all = new LinkedHashMap<>(map);
        all.replaceAll((_, one) -> text(one));
        yield all;
      }
      default -> value;
    };
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().stream()
          .filter(entry -> !entry.getValue().isNull())
          .forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(one -> list.add(plain(one)));
      return list;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.isNumber() ? (Object) node.doubleValue() : node.asString("");
  }
}
