package dev.faultline.environment.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The config maps and secrets that two versions share: what is changed in one of them for the
 * canary meets stable, and does not go back with the traffic. Known by the names in the templates
 * of their pods; none of them is read.
 */
final class SharedConfig {

  private static final List<String> PARTS = List.of("containers", "initContainers", "volumes");

  private static final Map<String, String> KINDS =
      Map.of(
          "configMap", "config map",
          "configMapRef", "config map",
          "configMapKeyRef", "config map",
          "secret", "secret",
          "secretRef", "secret",
          "secretKeyRef", "secret");

  private SharedConfig() {}

  /** What is to be said of them, in sentences; nothing where each version has its own. */
  static List<String> cautions(SplitSide stable, SplitSide canary) {
    SortedSet<String> both = named(stable);
    both.retainAll(named(canary));
    return both.isEmpty()
        ? List.of()
        : List.of(
            ("%s and %s read the same %s: what is changed there for one meets the other at any weight,"
                    + " and no way back takes it back. Give each version its own, named after it.")
                .formatted(stable.name(), canary.name(), String.join(", ", both)));
  }

  private static SortedSet<String> named(SplitSide side) {
    SortedSet<String> names = new TreeSet<>();
    JsonNode pod = side.object().path("spec").path("template").path("spec");
    PARTS.forEach(part -> collect(pod.path(part), names));
    return names;
  }

  /** Containers and volumes name them at several depths, always below one of these keys. */
  private static void collect(JsonNode node, SortedSet<String> names) {
    node.properties()
        .forEach(
            property -> {
              JsonNode value = property.getValue();
              String name = value.path("name").asString(value.path("secretName").asString(""));
              if (KINDS.containsKey(property.getKey()) && !name.isEmpty()) {
                names.add(KINDS.get(property.getKey()) + " " + name);
              }
            });
    node.valueStream().forEach(child -> collect(child, names));
  }
}
