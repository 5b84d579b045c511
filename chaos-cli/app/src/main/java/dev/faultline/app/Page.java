package dev.faultline.app;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What is written on: one stream to the user.
 *
 * @param moves whether it is a terminal whose cursor can be moved
 * @param colour whether colours are wanted
 * @param width how many characters a line should have at most
 */
record Page(PrintStream stream, boolean moves, boolean colour, int width) {

  private static final int UNSEEN = 100;
  private static final int USUAL = 80;
  private static final int LEAST = 40;
  private static final int FARTHEST = 34;
  private static final int NEAR = 4;

  /** A page that has colours where the cursor can be moved. */
  Page(PrintStream stream, boolean terminal, int width) {
    this(stream, terminal, terminal, width);
  }

  /** The width of a terminal that has so many columns, and of a file. */
  static int width(boolean terminal, @Nullable String columns) {
    if (!terminal) {
      return UNSEEN;
    }
    boolean told = columns != null && columns.matches("[1-9][0-9]{0,4}");
    return told ? Math.max(LEAST, Integer.parseInt(columns)) : USUAL;
  }

  String in(Style style, String text) {
    return colour ? style.around(text) : text;
  }

  void line(String text) {
    stream.println(text);
  }

  void print(String text) {
    stream.print(text);
    stream.flush();
  }

  /** The text, cut to what is left of a line after so many characters. */
  String cut(int used, String text) {
    String first = text.lines().findFirst().orElse("");
    int room = Math.max(LEAST / 2, width - used);
    return first.length() <= room ? first : first.substring(0, room - 1) + "…";
  }

  void wrapped(String head, String text) {
    wrapped(head, Style.PLAIN, text);
  }

  /** Lines of whole words after a head; further lines begin below the text if that is not far. */
  void wrapped(String head, Style style, String text) {
    int first = Style.without(head).length();
    String indent = " ".repeat(first <= FARTHEST ? first : NEAR);
    String before = head;
    int room = width - first;
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        line(before + in(style, line.toString()));
        line.setLength(0);
        before = indent;
        room = width - indent.length();
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    line(before + in(style, line.toString()));
  }
}
