package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mirrors in the rules of a route of Kubernetes that are split by weights: copies of a part of
 * their requests go to the canary, whose answers nobody gets. A mirror of such a rule that leads to
 * the canary is one of these, whatever else becomes of it.
 *
 * @param split the rules that are split, whose canary it is
 */
public record MirroredRules(WeightedRules split) {

  private static final int ALL = 100;
  private static final String MIRROR = "requestMirror";

  /** One mirror of a rule: where it leads, and how many percent of the requests. */
  private record Mirror(String to, int percent) {}

  private boolean isGateway() {
    return split.of() == WeightedRules.Of.BACKEND_REFS;
  }

  private List<Mirror> mirrors(Json object, Json rule) {
    List<Mirror> found = new ArrayList<>();
    if (isGateway()) {
      for (Json filter : Tree.items(rule, "filters")) {
        Tree.at(filter, MIRROR, "backendRef")
            .ifPresent(
                backend ->
                    found.add(
                        new Mirror(
                            split.name(object, backend), percent(filter, MIRROR, "percent"))));
      }
      return found;
    }
    Tree.at(rule, "mirror")
        .ifPresent(
            destination ->
                found.add(
                    new Mirror(
                        split.name(object, members(Map.entry("destination", destination))),
                        percent(rule, "mirrorPercentage", "value"))));
    for (Json mirror : Tree.items(rule, "mirrors")) {
      found.add(new Mirror(split.name(object, mirror), percent(mirror, "percentage", "value")));
    }
    return found;
  }

  private static int percent(Json json, String... path) {
    return Tree.text(json, path)
        .filter(text -> text.matches("\\d{1,3}(\\.\\d{1,9})?"))
        .map(text -> (int) Math.round(Double.parseDouble(text)))
        .orElse(ALL);
  }

  private boolean isOurs(Mirror mirror) {
    return mirror.to().equals(split.canary());
  }

  /**
   * How many percent of the requests of each split rule are copied to the canary, in order; 0 where
   * none are.
   *
   * @param object as the API server gives it
   * @throws UnreadableNote when it is no JSON
   */
  public List<Integer> in(String object) throws UnreadableNote {
    return in(WeightedRules.parse(object));
  }

  List<Integer> in(Json object) {
    return split(object).stream()
        .map(
            rule ->
                mirrors(object, rule).stream()
                    .filter(this::isOurs)
                    .map(Mirror::percent)
                    .findFirst()
                    .orElse(0))
        .toList();
  }

  /**
   * Whether a split rule has a mirror, wherever it leads.
   *
   * @param object as the API server gives it
   * @throws UnreadableNote when it is no JSON
   */
  public boolean anyIn(String object) throws UnreadableNote {
    Json all = WeightedRules.parse(object);
    return split(all).stream().anyMatch(rule -> !mirrors(all, rule).isEmpty());
  }

  private List<Json> split(Json object) {
    return Tree.items(object, split.path()).stream()
        .filter(rule -> split.canaryAlone(object, rule).isPresent())
        .toList();
  }

  /** All rules, those that are split with copies of so many percent; with none where that is 0. */
  Json with(Json object, List<Json> rules, int percent) {
    return new Json.Items(
        rules.stream()
            .map(
                rule ->
                    split
                        .canaryAlone(object, rule)
                        .map(canary -> mirroring(without(object, rule), canary, percent))
                        .orElse(rule))
            .toList());
  }

  private Json mirroring(Json rule, Json canary, int percent) {
    if (percent == 0) {
      return rule;
    }
    Json number = new Json.Word(Integer.toString(percent));
    if (isGateway()) {
      Json backend = Tree.without(Tree.without(canary, List.of("weight")), List.of("filters"));
      // Clusters that know no percents copy all requests.
      Json mirror =
          percent == ALL
              ? members(Map.entry("backendRef", backend))
              : members(Map.entry("backendRef", backend), Map.entry("percent", number));
      List<Json> filters = new ArrayList<>(Tree.items(rule, "filters"));
      filters.add(
          members(Map.entry("type", new Json.Text("RequestMirror")), Map.entry(MIRROR, mirror)));
      return Tree.with(rule, new Json.Items(filters), "filters");
    }
    Json to = Tree.at(canary, "destination").orElse(canary);
    return Tree.with(Tree.with(rule, to, "mirror"), number, "mirrorPercentage", "value");
  }

  private Json without(Json object, Json rule) {
    if (isGateway()) {
      List<Json> filters = Tree.items(rule, "filters");
      List<Json> others =
          filters.stream()
              .filter(
                  filter ->
                      Tree.at(filter, MIRROR, "backendRef")
                          .filter(to -> split.name(object, to).equals(split.canary()))
                          .isEmpty())
              .toList();
      if (others.size() == filters.size()) {
        return rule;
      }
      return others.isEmpty()
          ? Tree.without(rule, List.of("filters"))
          : Tree.with(rule, new Json.Items(others), "filters");
    }
    boolean ours =
        Tree.at(rule, "mirror")
            .filter(
                to ->
                    split
                        .name(object, members(Map.entry("destination", to)))
                        .equals(split.canary()))
            .isPresent();
    return ours
        ? Tree.without(Tree.without(rule, List.of("mirror")), List.of("mirrorPercentage"))
        : rule;
  }

  @SafeVarargs
  private static Json members(Map.Entry<String, Json>... all) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (Map.Entry<String, Json> one : all) {
      members.put(one.getKey(), one.getValue());
    }
    return new Json.Members(members);
  }
}
