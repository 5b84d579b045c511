package dev.faultline.app.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A place in the language where a word stands.
 *
 * @param path the keys down to it, the kind of document first
 * @param id tells definitions apart: what is defined once may stand in several places
 * @param text what is said of it
 * @param field the key, where it is one
 * @param beside the words that may stand in its place
 */
public record Place(
    List<String> path, String id, String text, Optional<Field> field, List<String> beside) {

  /** Keeps the lists unchangeable. */
  public Place {
    path = List.copyOf(path);
    beside = List.copyOf(beside);
  }

  /** The definition of the key that a word belongs to; its own where it is a key. */
  public String around() {
    return id.substring(0, id.contains("=") ? id.indexOf('=') : id.length());
  }

  /** The path as it is typed. */
  public String words() {
    return String.join(".", path);
  }

  /** Whether the typed words are the end of this path. */
  boolean endsWith(List<String> typed) {
    int from = path.size() - typed.size();
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < typed.size(); i++) {
      if (!same(path.get(from + i), typed.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the typed words stand in this path in their order, the last one at its end. */
  boolean hasInOrder(List<String> typed) {
    List<String> left = new ArrayList<>(typed);
    for (String step : path) {
      if (!left.isEmpty() && same(step, left.getFirst())) {
        left.removeFirst();
      }
    }
    return left.isEmpty() && same(path.getLast(), typed.getLast());
  }

  private static boolean same(String step, String typed) {
    String known = step.toLowerCase(Locale.ROOT);
    String asked = typed.toLowerCase(Locale.ROOT);
    return known.equals(asked) || known.equals(asked + "s") || known.equals(asked + "es");
  }
}
