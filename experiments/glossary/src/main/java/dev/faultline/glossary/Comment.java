package dev.faultline.glossary;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment as text of one line.
 *
 * @param text its main part
 * @param parts what {@code @param} says, by name
 */
record Comment(String text, Map<String, String> parts) {

  private static final Pattern TAG = Pattern.compile("(?m)^\\s*@(\\w+)");
  private static final Pattern PARAM = Pattern.compile("(?s)\\s*@param\\s+(\\S+)\\s+(.*)");
  private static final Pattern CODE = Pattern.compile("(?s)\\{@(?:code|literal)\\s+(.*?)}(?!})");
  private static final Pattern LINK =
      Pattern.compile("(?s)\\{@link(?:plain)?\\s+(?:[^\\s}]*[#.])?([^\\s#.}]+)(?:\\s+([^}]*))?}");

  Comment {
    parts = Map.copyOf(parts);
  }

  /** Reads the text between the marks of a comment, without their asterisks. */
  static Comment of(String raw) {
    Matcher tag = TAG.matcher(raw);
    int end = tag.find() ? tag.start() : raw.length();
    String text = plain(raw.substring(0, end));
    Map<String, String> parts = new TreeMap<>();
    int from = end;
    while (from < raw.length()) {
      int next = tag.find() ? tag.start() : raw.length();
      Matcher param = PARAM.matcher(raw.substring(from, next));
      if (param.matches()) {
        parts.put(param.group(1), plain(param.group(2)));
      }
      from = next;
    }
    return new Comment(text, parts);
  }

  /** What is said of a part. */
  Optional<String> part(String part) {
    return Optional.ofNullable(parts.get(part));
  }

  private static String plain(String javadoc) {
    String code = CODE.matcher(javadoc).replaceAll("`$1`");
    String linked =
        LINK.matcher(code)
            .replaceAll(
                link ->
                    Matcher.quoteReplacement(
                        Optional.ofNullable(link.group(2)).orElse(link.group(1))));
    return linked
        .replaceAll("</?\\w+>", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
