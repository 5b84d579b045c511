package dev.faultline.node.http.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value. Members stay in their order, numbers as they were written. */
public sealed interface Json {

  /** Names to values, in their order. */
  record Members(Map<String, Json> all) implements Json {
    public Members {
      all = new LinkedHashMap<>(all);
    }
  }

  record Items(List<Json> all) implements Json {
    public Items {
      all = List.copyOf(all);
    }
  }

  record Text(String value) implements Json {}

  /** A number, {@code true}, {@code false} or {@code null}, as it was written. */
  record Word(String text) implements Json {}

  /**
   * @throws NotJson when it is not one JSON value, or nested too deeply to be read
   */
  static Json parse(String text) throws NotJson {
    return new JsonParser(text).parse();
  }

  /** This value with a merge patch on it (RFC 7396, 2). */
  default Json patched(Json patch) {
    if (!(patch instanceof Members changes)) {
      return patch;
    }
    Map<String, Json> result =
        new LinkedHashMap<>(this instanceof Members old ? old.all() : Map.of());
    changes
        .all()
        .forEach(
            (name, change) -> {
              if (change.isNull()) {
                result.remove(name);
              } else {
                Json old = result.getOrDefault(name, new Members(Map.of()));
                result.put(name, old.patched(change));
              }
            });
    return new Members(result);
  }

  private boolean isNull() {
    return this instanceof Word(String text) && text.equals("null");
  }

  /** As text, on one line. */
  default String text() {
    StringBuilder out = new StringBuilder();
    write(this, out);
    return out.toString();
  }

  private static void write(Json json, StringBuilder out) {
    switch (json) {
      case Word word -> out.append(word.text());
      case Text text -> quote(text.value(), out);
      case Items items -> {
        String comma = "";
        out.append('[');
        for (Json item : items.all()) {
          out.append(comma);
          write(item, out);
          comma = ",";
        }
        out.append(']');
      }
      case Members members -> {
        String comma = "";
        out.append('{');
        for (var member : members.all().entrySet()) {
          out.append(comma);
          quote(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          comma = ",";
        }
        out.append('}');
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
