package dev.faultline.serve.page;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page with all that it shows.
 *
 * @param name of its template
 * @param title of the page
 * @param parts the names of those parts of it that change while it is open; each is a template of
 *     its own, with one element whose id is {@code part-} and its name
 * @param said what a reader is told who cannot see it change; the same words are not told twice
 * @param model what its templates are given
 */
public record Screen(
    String name, String title, List<String> parts, String said, Map<String, Object> model) {

  /** Keeps the collections unchangeable. */
  public Screen {
    parts = List.copyOf(parts);
    model = Map.copyOf(model);
  }

  /** A page that does not change while it is open. */
  static Screen still(String name, String title, Map<String, Object> model) {
    return new Screen(name, title, List.of(), "", model);
  }

  /** Its model with more in it. */
  Map<String, Object> with(Map<String, Object> more) {
    Map<String, Object> all = new TreeMap<>(model);
    all.putAll(more);
    return all;
  }
}
