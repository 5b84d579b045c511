package dev.faultline.app.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One row of a view before it is known how many there is room for.
 *
 * @param rank how much it matters: the highest numbers are left out first
 * @param depth its place in a tree; 0 where it stands alone or is a root
 * @param left cut to what is left of the line
 * @param right always whole
 */
record Row(int rank, int depth, Line left, Line right) {

  static Row of(int rank, int depth, Line left) {
    return new Row(rank, depth, left, Line.EMPTY);
  }

  /** As many as there is room for, in their order; of equal ranks the later ones go first. */
  static List<Row> fitting(List<Row> rows, int budget) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> rows.get(i).rank()));
    return order.stream().limit(budget).sorted().map(rows::get).toList();
  }

  /** The rows with the lines of their trees. */
  static List<Line> drawn(List<Row> rows, int columns, Glyphs glyphs) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Line left = Line.of(branches(rows, i, glyphs.branches()), Ink.DIM).plus(row.left());
      lines.add(left.and(row.right(), columns, glyphs));
    }
    return lines;
  }

  private static String branches(List<Row> rows, int at, Glyphs.Branches branches) {
    int depth = rows.get(at).depth();
    StringBuilder text = new StringBuilder();
    for (int level = 1; level < depth; level++) {
      text.append(more(rows, at, level) ? branches.pass() : branches.none());
    }
    return depth == 0
        ? ""
        : text.append(more(rows, at, depth) ? branches.child() : branches.last()).toString();
  }

  /** Whether a later row of that level belongs to the same parent. */
  private static boolean more(List<Row> rows, int at, int level) {
    return rows.stream()
        .skip(at + 1L)
        .takeWhile(row -> row.depth() >= level)
        .anyMatch(row -> row.depth() == level);
  }
}
