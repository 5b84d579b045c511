package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import dev.faultline.node.http.json.NotJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a route of Kubernetes that lead to two backends by weights: of an HTTPRoute, or of a
 * VirtualService. Everything else in the object is none of its business.
 *
 * @param of what the rules lead to
 * @param stable how they name the one backend
 * @param canary how they name the other
 */
public record WeightedRules(Of of, String stable, String canary) {

  private static final String WEIGHT = "weight";

  /** Where rules, their backends and the weights of these are. */
  public enum Of {
    /** Services of a rule of an HTTPRoute. */
    BACKEND_REFS("backendRefs", "rules", "backendRefs", 1, "1"),
    /** Destinations of an HTTP route of a VirtualService. */
    DESTINATIONS("destinations", "http", "route", 0, "");

    private final String word;
    private final String rules;
    private final String backends;
    private final int absent;
    private final String alone;

    Of(String word, String rules, String backends, int absent, String alone) {
      this.word = word;
      this.rules = rules;
      this.backends = backends;
      this.absent = absent;
      this.alone = alone;
    }

    /** Where the backends of a rule are. */
    String backends() {
      return backends;
    }

    /** What a note calls it. */
    static Optional<Of> of(String word) {
      return List.of(values()).stream().filter(one -> one.word.equals(word)).findFirst();
    }

    /**
     * How a rule names a backend; what is no Service of the route's own namespace is told in full.
     */
    private String name(Json backend, String namespace) {
      if (equals(DESTINATIONS)) {
        String host = Tree.text(backend, "destination", "host").orElse("");
        return Tree.text(backend, "destination", "subset")
            .map(subset -> host + "/" + subset)
            .orElse(host);
      }
      String name = Tree.text(backend, "name").orElse("");
      String kind = Tree.text(backend, "kind").orElse("Service");
      String group = Tree.text(backend, "group").orElse("");
      String space = Tree.text(backend, "namespace").orElse(namespace);
      boolean own = kind.equals("Service") && group.isEmpty() && space.equals(namespace);
      return own ? name : "%s %s of %s".formatted(kind, name, space);
    }

    private int weight(Json backend) {
      return Tree.text(backend, WEIGHT).map(WeightedRules::number).orElse(absent);
    }
  }

  /**
   * One rule that leads to both.
   *
   * @param number which of all rules it is, from 1
   * @param stable the weight of the one; a weight that is not given counts as the API has it
   * @param canary the weight of the other
   * @param others what else gets a part of its traffic, one of both twice among it
   */
  public record Rule(int number, int stable, int canary, List<String> others) {
    /** Keeps the list unchangeable. */
    public Rule {
      others = List.copyOf(others);
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** Where a rule has both backends. */
  private record Both(List<Json> backends, int stable, int canary) {
    Json weighing(String of, Json rule, String[] pair) {
      List<Json> all = new ArrayList<>(backends);
      all.set(stable, weighed(backends.get(stable), pair[0]));
      all.set(canary, weighed(backends.get(canary), pair[1]));
      return Tree.with(rule, new Json.Items(all), of);
    }

    private static Json weighed(Json backend, String weight) {
      return weight.isEmpty()
          ? Tree.without(backend, List.of(WEIGHT))
          : Tree.with(backend, new Json.Word(weight), WEIGHT);
    }

    String written() {
      return "%s:%s"
          .formatted(
              Tree.text(backends.get(stable), WEIGHT).orElse(""),
              Tree.text(backends.get(canary), WEIGHT).orElse(""));
    }
  }

  private Optional<Both> both(Json object, Json rule) {
    List<Json> backends = Tree.items(rule, of.backends);
    String space = space(object);
    List<String> names = backends.stream().map(backend -> of.name(backend, space)).toList();
    return names.contains(stable) && names.contains(canary)
        ? Optional.of(new Both(backends, names.indexOf(stable), names.indexOf(canary)))
        : Optional.empty();
  }

  /**
   * Those rules of an object that lead to both backends, in order.
   *
   * @param object as the API server gives it
   * @throws UnreadableNote when it is no JSON
   */
  public List<Rule> in(String object) throws UnreadableNote {
    Json now = parse(object);
    List<Rule> rules = new ArrayList<>();
    List<Json> all = Tree.items(now, path());
    for (int i = 0; i < all.size(); i++) {
      Optional<Both> both = both(now, all.get(i));
      if (both.isPresent()) {
        rules.add(rule(i + 1, both.get(), space(now)));
      }
    }
    return rules;
  }

  private Rule rule(int number, Both both, String space) {
    List<String> others = new ArrayList<>();
    for (int i = 0; i < both.backends().size(); i++) {
      Json backend = both.backends().get(i);
      if (of.weight(backend) > 0 && i != both.stable() && i != both.canary()) {
        others.add(of.name(backend, space));
      }
    }
    return new Rule(
        number,
        of.weight(both.backends().get(both.stable())),
        of.weight(both.backends().get(both.canary())),
        others);
  }

  /**
   * The weights of all these rules as a note has them, such as {@code 9000:1000, 1:}; empty where
   * there is no such rule.
   *
   * @param object as the API server gives it
   * @throws UnreadableNote when it is no JSON
   */
  public Optional<String> stated(String object) throws UnreadableNote {
    return stated(parse(object));
  }

  Optional<String> stated(Json object) {
    List<String> pairs =
        Tree.items(object, path()).stream()
            .flatMap(rule -> both(object, rule).stream())
            .map(Both::written)
            .toList();
    return pairs.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", pairs));
  }

  /** All rules as a patch already has them; else as the object does. */
  List<Json> rules(Json object, Json patch) {
    return Tree.items(Tree.at(patch, path()).isPresent() ? patch : object, path());
  }

  /** Whether a rule leads to the canary, and to nothing else. */
  boolean isCanaryAlone(Json object, Json rule) {
    List<Json> backends = Tree.items(rule, of.backends);
    String space = space(object);
    return !backends.isEmpty()
        && backends.stream().allMatch(backend -> of.name(backend, space).equals(canary));
  }

  /** How a rule names a backend. */
  String name(Json object, Json backend) {
    return of.name(backend, space(object));
  }

  /** The canary of a rule that leads to both, as one that leads to it alone has it. */
  Optional<Json> canaryAlone(Json object, Json rule) {
    return both(object, rule)
        .map(both -> both.backends().get(both.canary()))
        .map(backend -> Both.weighed(backend, of.alone));
  }

  /** All rules, those that lead to both with weights as a note has them. */
  Json with(Json object, List<Json> before, List<String> pairs) throws UnreadableNote {
    List<Json> rules = new ArrayList<>();
    int next = 0;
    for (Json rule : before) {
      Optional<Both> both = both(object, rule);
      if (both.isPresent() && next < pairs.size()) {
        rules.add(both.get().weighing(of.backends, rule, pairs.get(next).split(":", -1)));
        next++;
      } else {
        rules.add(rule);
      }
    }
    if (next != pairs.size()) {
      throw new UnreadableNote("there are fewer rules than the note has");
    }
    return new Json.Items(rules);
  }

  String[] path() {
    return new String[] {"spec", of.rules};
  }

  private static String space(Json object) {
    return Tree.text(object, "metadata", "namespace").orElse("");
  }

  static Json parse(String text) throws UnreadableNote {
    try {
      return Json.parse(text);
    } catch (NotJson broken) {
      throw new UnreadableNote("not JSON: " + broken.getMessage());
    }
  }
}
