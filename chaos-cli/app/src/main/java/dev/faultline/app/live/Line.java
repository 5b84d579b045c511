package dev.faultline.app.live;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a terminal, as pieces of text with their meanings.
 *
 * @param spans the pieces from left to right; free of what would move the cursor
 */
public record Line(List<Span> spans) {

  /** Nothing. */
  static final Line EMPTY = new Line(List.of());

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}]");

  /** A piece of text with its meaning. */
  public record Span(String text, Ink ink) {
    /** Replaces what could move the cursor or reorder what is read. */
    public Span {
      text = CONTROLS.matcher(text).replaceAll(" ");
    }
  }

  /** Keeps the pieces unchangeable. */
  public Line {
    spans = List.copyOf(spans);
  }

  static Line of(String text) {
    return EMPTY.plus(text);
  }

  static Line of(String text, Ink ink) {
    return EMPTY.plus(text, ink);
  }

  Line plus(String text) {
    return plus(text, Ink.PLAIN);
  }

  Line plus(String text, Ink ink) {
    return plus(new Line(List.of(new Span(text, ink))));
  }

  Line plus(Line more) {
    List<Span> all = new ArrayList<>(spans);
    all.addAll(more.spans);
    return new Line(all);
  }

  /** How many columns it takes. */
  int width() {
    return spans.stream().mapToInt(span -> Columns.of(span.text())).sum();
  }

  /** Filled up with blanks to so many columns. */
  Line padded(int columns) {
    return plus(" ".repeat(Math.max(0, columns - width())));
  }

  /** Cut to so many columns; what is cut ends in an ellipsis. */
  Line cut(int columns, Glyphs glyphs) {
    if (width() <= columns) {
      return this;
    }
    String mark = Columns.cut(glyphs.ellipsis(), columns);
    int room = columns - Columns.of(mark);
    List<Span> kept = new ArrayList<>();
    for (Span span : spans) {
      String text = Columns.cut(span.text(), room);
      kept.add(new Span(text, span.ink()));
      room -= Columns.of(text);
      if (!text.equals(span.text())) {
        break;
      }
    }
    return new Line(kept).plus(mark);
  }

  /** This at the left and the other at the right end of so many columns; the right one is whole. */
  Line and(Line right, int columns, Glyphs glyphs) {
    int room = columns - right.width() - (right.width() == 0 ? 0 : 1);
    return room < 1
        ? right.cut(columns, glyphs)
        : cut(room, glyphs).padded(columns - right.width()).plus(right);
  }

  /** The text without its meanings. */
  public String text() {
    return spans.stream().map(Span::text).collect(Collectors.joining());
  }

  /** The text with colours. */
  String coloured() {
    return spans.stream().map(span -> span.ink().around(span.text())).collect(Collectors.joining());
  }
}
