package dev.faultline.engine.file;

import java.util.Optional;

/** A file is refused; the message is complete for the user. */
public final class InvalidFile extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_PROBLEM = 1_000;

  private final String file;
  private final transient Optional<Place> place;
  private final String problem;

  /** A refusal of the file as a whole. */
  public InvalidFile(String file, String problem) {
    this(file, Optional.empty(), problem);
  }

  /** A refusal of a place in the file. */
  public InvalidFile(String file, Optional<Place> place, String problem) {
    super(render(file, place, harmless(problem)));
    this.file = file;
    this.place = place;
    this.problem = harmless(problem);
  }

  /**
   * Where in a file.
   *
   * @param line counted from 1
   * @param column counted from 1, in characters as a person counts them
   * @param text the text of that line
   */
  public record Place(int line, int column, String text) {

    private static final int SHOWN = 120;
    private static final int BEFORE = 70;

    /** The line, or the part of it around the column where it is long, with a caret below. */
    String picture() {
      int[] all = text.codePoints().map(point -> control(point) ? ' ' : point).toArray();
      int at = Math.clamp(column - 1L, 0, all.length);
      int from = all.length <= SHOWN ? 0 : Math.max(0, at - BEFORE);
      int to = Math.min(all.length, from + SHOWN);
      String cut = from > 0 ? "…" : "";
      return "    %s%s%s%n    %s^"
          .formatted(
              cut,
              new String(all, from, to - from),
              to < all.length ? "…" : "",
              " ".repeat(cut.length() + at - from));
    }
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** The place, where it is known. */
  public Optional<Place> place() {
    return place;
  }

  /** What is wrong and what to do, without the place. */
  public String problem() {
    return problem;
  }

  private static String render(String file, Optional<Place> place, String problem) {
    return place
        .map(
            at -> "%s:%d:%d: %s%n%s".formatted(file, at.line(), at.column(), problem, at.picture()))
        .orElseGet(() -> "%s: %s".formatted(file, problem));
  }

  // Values of the file are quoted in problems: they must neither fill nor steer a terminal.
  private static String harmless(String problem) {
    int[] points =
        problem.codePoints().map(point -> control(point) ? '�' : point).limit(2_000).toArray();
    return points.length <= LONGEST_PROBLEM
        ? new String(points, 0, points.length)
        : new String(points, 0, LONGEST_PROBLEM) + "…";
  }

  private static boolean control(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
