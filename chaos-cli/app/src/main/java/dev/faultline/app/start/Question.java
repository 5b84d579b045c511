package dev.faultline.app.start;

/**
 * Something that a template wants to know.
 *
 * @param key its place in the template: {@code @key@}
 * @param text what a person is asked
 * @param fallback the answer of somebody who gives none
 * @param kind how the answer is written into the file
 */
public record Question(String key, String text, String fallback, Kind kind) {

  /** How an answer is written into a file. */
  public enum Kind {
    /** As it is: a name. */
    NAME,
    /** As a text in quotes. */
    TEXT,
    /** As a list of its words. */
    COMMAND,
    /** As a line of its own; none where the answer is empty. */
    PROMETHEUS
  }

  /** The answer as the file has it. */
  String written(String answer) {
    return switch (kind) {
      case NAME -> answer;
      case TEXT -> quoted(answer);
      case COMMAND ->
          "["
              + String.join(
                  ", ",
                  java.util.Arrays.stream(answer.strip().split("\\s+"))
                      .map(Question::quoted)
                      .toList())
              + "]";
      case PROMETHEUS ->
          answer.isBlank()
              ? "# prometheus: {url: \"http://127.0.0.1:9090\"}   # where gates of 'prometheus' ask"
              : "prometheus: {url: %s}".formatted(quoted(answer));
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
