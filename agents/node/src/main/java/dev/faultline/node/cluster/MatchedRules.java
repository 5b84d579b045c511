package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rules of a route of Kubernetes that lead to one backend alone whatever requests have one of some
 * values in a header or a cookie: a copy of each rule that is split by weights stands before it,
 * for these requests. A rule that leads there alone, and all of whose matches ask for that, is one
 * of them, whatever else becomes of it.
 *
 * @param split the rules that are split, whose canary it is
 * @param header the name of the header; empty where it is a cookie
 * @param cookie the name of the cookie
 * @param is the values, of which one will do
 */
public record MatchedRules(
    WeightedRules split, Optional<String> header, Optional<String> cookie, List<String> is) {

  /** Keeps the list unchangeable. */
  public MatchedRules {
    is = List.copyOf(is);
  }

  private boolean isGateway() {
    return split.of() == WeightedRules.Of.BACKEND_REFS;
  }

  private String matches() {
    return isGateway() ? "matches" : "match";
  }

  private String name() {
    return header.orElse("cookie");
  }

  /** What a match asks of the header; one of these will do. */
  private List<Json> conditions() {
    if (isGateway()) {
      return is.stream()
          .map(
              value ->
                  members(
                      Map.entry("type", new Json.Text("Exact")),
                      Map.entry("name", new Json.Text(name())),
                      Map.entry("value", new Json.Text(value))))
          .toList();
    }
    return header.isPresent()
        ? is.stream().map(value -> members(Map.entry("exact", new Json.Text(value)))).toList()
        : List.of(members(Map.entry("regex", new Json.Text(regex()))));
  }

  /** All cookies of a request come in one header. */
  private String regex() {
    return "(.*;\\s*)?%s=(%s)(;.*)?"
        .formatted(
            cookie.orElse(""),
            is.stream().map(MatchedRules::literal).collect(Collectors.joining("|")));
  }

  private static String literal(String value) {
    return value.replaceAll("[.+]", "\\\\$0");
  }

  @SafeVarargs
  private static Json members(Map.Entry<String, Json>... all) {
    Map<String, Json> members = new LinkedHashMap<>();
    for (Map.Entry<String, Json> one : all) {
      members.put(one.getKey(), one.getValue());
    }
    return new Json.Members(members);
  }

  /** What a match asks of the header already. */
  private List<Json> asked(Json match) {
    if (isGateway()) {
      return Tree.items(match, "headers").stream()
          .filter(one -> Tree.text(one, "name").orElse("").equalsIgnoreCase(name()))
          .toList();
    }
    return Tree.at(match, "headers", name()).stream().toList();
  }

  private Json asking(Json match, Json condition) throws UnreadableNote {
    if (!asked(match).isEmpty()) {
      throw new UnreadableNote(
          "a rule asks for the header %s itself, which cannot be matched in it".formatted(name()));
    }
    if (!isGateway()) {
      return Tree.with(match, condition, "headers", name());
    }
    List<Json> headers = new ArrayList<>(Tree.items(match, "headers"));
    headers.add(condition);
    return Tree.with(match, new Json.Items(headers), "headers");
  }

  /** The same rule for these requests alone. */
  private Json copy(Json rule, Json canary) throws UnreadableNote {
    List<Json> before = Tree.items(rule, matches());
    List<Json> all = new ArrayList<>();
    for (Json match : before.isEmpty() ? List.of(any()) : before) {
      for (Json condition : conditions()) {
        all.add(asking(match, condition));
      }
    }
    Json named = Tree.with(rule, new Json.Items(List.of(canary)), split.of().backends());
    return Tree.without(Tree.with(named, new Json.Items(all), matches()), List.of("name"));
  }

  /** A rule without a match takes every request. */
  private Json any() {
    return isGateway()
        ? members(
            Map.entry(
                "path",
                members(
                    Map.entry("type", new Json.Text("PathPrefix")),
                    Map.entry("value", new Json.Text("/")))))
        : new Json.Members(Map.of());
  }

  private boolean isOurs(Json object, Json rule) {
    List<Json> matches = Tree.items(rule, matches());
    return split.isCanaryAlone(object, rule)
        && !matches.isEmpty()
        && matches.stream().allMatch(match -> asked(match).stream().anyMatch(this::isOneOfOurs));
  }

  /** Whoever writes a rule of the Gateway API need not say that a value is meant exactly. */
  private boolean isOneOfOurs(Json condition) {
    return isGateway()
        ? Tree.text(condition, "type").orElse("Exact").equals("Exact")
            && is.contains(Tree.text(condition, "value").orElse(""))
        : conditions().contains(condition);
  }

  /**
   * How many rules there are of these, and how many others lead to the canary alone.
   *
   * @param object as the API server gives it
   * @throws UnreadableNote when it is no JSON
   */
  public Found in(String object) throws UnreadableNote {
    return in(WeightedRules.parse(object));
  }

  Found in(Json object) {
    List<Json> alone =
        Tree.items(object, split.path()).stream()
            .filter(rule -> split.isCanaryAlone(object, rule))
            .toList();
    int ours = (int) alone.stream().filter(rule -> isOurs(object, rule)).count();
    return new Found(ours, alone.size() - ours);
  }

  /**
   * What was found.
   *
   * @param ours rules of these
   * @param others other rules that lead to the canary alone
   */
  public record Found(int ours, int others) {}

  /** All rules with these before those that are split, or without these. */
  Json with(Json object, List<Json> rules, boolean on) throws UnreadableNote {
    List<Json> all = new ArrayList<>();
    for (Json rule : rules) {
      Optional<Json> canary = on ? split.canaryAlone(object, rule) : Optional.empty();
      if (canary.isPresent()) {
        all.add(copy(rule, canary.get()));
      }
      if (!isOurs(object, rule)) {
        all.add(rule);
      }
    }
    return new Json.Items(all);
  }
}
