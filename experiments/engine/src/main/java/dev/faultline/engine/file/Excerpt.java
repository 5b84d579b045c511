package dev.faultline.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The lines of a file that show one key as it is used.
 *
 * @param document number of the document, counted from 0
 * @param path the key, with the keys and indexes around it
 * @param text the entry of the innermost list around it; outside of lists, the key with what is
 *     below it. Not indented
 */
public record Excerpt(int document, List<String> path, String text) {

  /** Keeps the path unchangeable. */
  public Excerpt {
    path = List.copyOf(path);
  }

  /**
   * Finds every key of a text.
   *
   * @param name what the text is called in messages
   * @throws InvalidFile when the text is no YAML of ours
   */
  public static List<Excerpt> of(String name, String text) throws InvalidFile {
    SourceMap map = SourceMap.of(new SourceText(name, text));
    List<String> lines = text.lines().toList();
    List<Excerpt> all = new ArrayList<>();
    for (int document = 0; document < map.size(); document++) {
      for (List<String> path : map.paths(document)) {
        if (!path.isEmpty() && !isIndex(path.getLast())) {
          int line = map.locate(document, shown(path), Refusal.Spot.KEY).line();
          all.add(new Excerpt(document, path, block(lines.subList(line, lines.size()))));
        }
      }
    }
    return all;
  }

  private static boolean isIndex(String step) {
    return step.matches("\\d+");
  }

  private static List<String> shown(List<String> path) {
    for (int i = path.size(); i > 0; i--) {
      if (isIndex(path.get(i - 1))) {
        return path.subList(0, i);
      }
    }
    return path;
  }

  /** The first line and those that are indented deeper. */
  private static String block(List<String> lines) {
    int margin = indent(lines.getFirst());
    return lines.stream()
        .skip(1)
        .takeWhile(line -> !line.isBlank() && indent(line) > margin)
        .collect(
            () -> new ArrayList<>(List.of(lines.getFirst())), ArrayList::add, ArrayList::addAll)
        .stream()
        .map(line -> line.substring(margin))
        .collect(Collectors.joining("\n"));
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
