package dev.faultline.app.live;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a terminal as the view needs; whatever else it is sent is refused. */
final class Terminal {

  private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\??)([0-9]*)([A-Za-z])");

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private final int rows;
  private int row;
  private int column;

  /** A terminal of so many rows, as wide as anything. */
  Terminal(int rows) {
    this.rows = rows;
  }

  void write(String text) {
    int at = 0;
    while (at < text.length()) {
      Matcher sequence = SEQUENCE.matcher(text).region(at, text.length());
      if (sequence.lookingAt()) {
        obey(sequence.group(1), sequence.group(2), sequence.group(3));
        at = sequence.end();
      } else {
        put(text.charAt(at++));
      }
    }
  }

  private void obey(String mode, String number, String command) {
    switch (mode + command) {
      case "A" -> row = Math.max(top(), row - Integer.parseInt(number));
      case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      case "J" -> {
        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        lines.subList(row + 1, lines.size()).clear();
      }
      case "?h", "?l", "m" -> {}
      default -> throw new IllegalArgumentException("no terminal knows " + mode + command);
    }
  }

  /** The first row that the cursor can reach: what is above has scrolled away. */
  private int top() {
    return Math.max(0, lines.size() - rows);
  }

  private void put(char one) {
    switch (one) {
      case '\r' -> column = 0;
      case '\n' -> {
        row++;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      }
      default -> {
        StringBuilder line = lines.get(row);
        while (line.length() <= column) {
          line.append(' ');
        }
        line.setCharAt(column++, one);
      }
    }
  }

  /** All that can be read on it, with what has scrolled away. */
  List<String> text() {
    return lines.stream()
        .map(line -> line.toString().stripTrailing())
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
