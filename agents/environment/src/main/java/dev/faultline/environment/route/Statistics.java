package dev.faultline.environment.route;

import java.util.List;
import java.util.Optional;

/**
 * The table that {@code show stat} prints.
 *
 * @param columns their names
 * @param rows one for each server
 */
record Statistics(List<String> columns, List<Row> rows) {

  /** Reads a table; one without any rows where the answer is another one. */
  Statistics(String answer) {
    this(columns(answer), answer);
  }

  private Statistics(List<String> columns, String answer) {
    this(
        columns,
        answer
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            // What is quoted, and may hold commas, stands behind all that is read here.
            .map(line -> new Row(columns, List.of(line.split(",", -1))))
            .toList());
  }

  private static List<String> columns(String answer) {
    return answer
        .lines()
        .filter(line -> line.startsWith("# "))
        .findFirst()
        .map(line -> List.of(line.substring(2).split(",", -1)))
        .orElse(List.of());
  }

  /** The servers of a backend. */
  List<Row> rowsOf(String backend) {
    return rows.stream().filter(row -> row.text("pxname").equals(backend)).toList();
  }

  /** A server of a backend. */
  Optional<Row> row(String backend, String server) {
    return rowsOf(backend).stream().filter(row -> row.text("svname").equals(server)).findFirst();
  }

  /** A line of the table. */
  record Row(List<String> columns, List<String> values) {

    /** What stands in a column; nothing where that is missing. */
    String text(String column) {
      int at = columns.indexOf(column);
      return at < 0 || at >= values.size() ? "" : values.get(at);
    }

    /** The number in a column; 0 where there is none. */
    long number(String column) {
      return Statistics.number(text(column));
    }
  }

  /** A number of HAProxy's; 0 for what is none. */
  static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
