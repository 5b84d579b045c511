package dev.faultline.operator.file;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Looks through the content of an object for what names files. An operator reads none for others:
 * what it can read, such as its own token, is not theirs. Where the command line takes a file, the
 * name of another object may stand.
 */
final class Names {

  private static final String OBJECT = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  private Names() {}

  /**
   * Looks through it.
   *
   * @throws NotRun when a file is named
   */
  static void requireNoFiles(JsonNode content) throws NotRun {
    requireNoFiles("spec", content);
  }

  private static void requireNoFiles(String at, JsonNode node) throws NotRun {
    for (Map.Entry<String, JsonNode> one : node.properties()) {
      String key = one.getKey();
      if ((key.endsWith("File") || key.equals("file")) && !at.endsWith(".labels")) {
        throw NotRun.untrusted(
            "%s.%s names a file; the operator reads none for others. Leave it out, or run this with the command line"
                .formatted(at, key));
      }
      requireNoFiles(at + "." + key, one.getValue());
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      requireNoFiles("%s[%d]".formatted(at, i), node.get(i));
    }
  }

  /**
   * The object that a value names, also as a file of that name.
   *
   * @param at where the value stands, for the message
   * @throws NotRun when it can only be a path
   */
  static String object(String value, String at) throws NotRun {
    String name = value.endsWith(".yaml") ? value.substring(0, value.length() - 5) : value;
    if (!name.matches(OBJECT)) {
      throw NotRun.untrusted(
          "%s: '%s' names no object of this namespace; here a file is meant by the name of its object"
              .formatted(at, value));
    }
    return name;
  }
}
