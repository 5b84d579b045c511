package dev.faultline.reports;

/**
 * Makes text harmless to read: control characters, bidirectional overrides and halves of characters
 * become visible marks, and what is too long is cut.
 *
 * @param longest how many characters stay
 */
record Inert(int longest) {

  String shown(String text) {
    String kept = text.length() <= longest ? text : cut(text);
    return kept.codePoints().allMatch(Inert::harmless) ? kept : marked(kept);
  }

  private String cut(String text) {
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return "%s… (%s characters more)".formatted(text.substring(0, end), text.length() - end);
  }

  private static String marked(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (harmless(point)) {
                shown.appendCodePoint(point);
              } else {
                shown.append("⟨U+%04X⟩".formatted(point));
              }
            });
    return shown.toString();
  }

  private static boolean harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
