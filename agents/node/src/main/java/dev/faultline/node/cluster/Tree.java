package dev.faultline.node.cluster;

import dev.faultline.node.http.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ways through a JSON value by the names of members. */
final class Tree {

  /** What takes a member away in a merge patch. */
  static final Json NULL = new Json.Word("null");

  private Tree() {}

  /** What is there; empty where nothing is. */
  static Optional<Json> at(Json json, String... names) {
    Optional<Json> here = Optional.of(json);
    for (String name : names) {
      here =
          here.filter(Json.Members.class::isInstance)
              .map(members -> ((Json.Members) members).all().get(name));
    }
    return here.filter(value -> !value.equals(NULL));
  }

  /** A text, a number or a truth value, as text. */
  static Optional<String> text(Json json, String... names) {
    return at(json, names)
        .flatMap(
            value ->
                switch (value) {
                  case Json.Text(String text) -> Optional.of(text);
                  case Json.Word(String word) -> Optional.of(word);
                  case Json.Members _, Json.Items _ -> Optional.empty();
                });
  }

  /** The items of a list; none where there is no list. */
  static List<Json> items(Json json, String... names) {
    return at(json, names)
        .map(value -> value instanceof Json.Items(List<Json> all) ? all : List.<Json>of())
        .orElse(List.of());
  }

  /** The same with this value there; unlike a merge patch, {@code null} stays a value. */
  static Json with(Json json, Json value, String... names) {
    if (names.length == 0) {
      return value;
    }
    Map<String, Json> all =
        new LinkedHashMap<>(json instanceof Json.Members members ? members.all() : Map.of());
    String[] rest = Arrays.copyOfRange(names, 1, names.length);
    Json below = all.getOrDefault(names[0], new Json.Members(Map.of()));
    all.put(names[0], with(below, value, rest));
    return new Json.Members(all);
  }

  /** The same without the member that is there. */
  static Json without(Json json, List<String> path) {
    if (!(json instanceof Json.Members(Map<String, Json> members))) {
      return json;
    }
    String name = path.getFirst();
    Map<String, Json> all = new LinkedHashMap<>(members);
    if (path.size() == 1) {
      all.remove(name);
    } else {
      all.computeIfPresent(name, (_, below) -> without(below, path.subList(1, path.size())));
    }
    return new Json.Members(all);
  }
}
