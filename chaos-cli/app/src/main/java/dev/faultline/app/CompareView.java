package dev.faultline.app;

import dev.faultline.reports.comparison.Comparison;
import dev.faultline.reports.comparison.Row;
import java.util.List;

/** A comparison as a table, and what got worse in a sentence. */
final class CompareView {

  private static final int WIDEST = 34;

  private final Page out;

  CompareView(Page out) {
    this.out = out;
  }

  void print(Comparison comparison) {
    out.line("  first       " + Inert.text(comparison.first()));
    out.line("  second      " + Inert.text(comparison.second()));
    comparison
        .warnings()
        .forEach(why -> out.wrapped(out.in(Style.YELLOW, "  beware      "), Inert.text(why)));
    table(comparison.rows());
    if (!comparison.settings().isEmpty()) {
      out.line("");
      out.line("set otherwise");
      comparison
          .settings()
          .forEach(
              one ->
                  out.wrapped(
                      "  ",
                      Inert.text("%s: %s → %s".formatted(one.name(), one.first(), one.second()))));
    }
    out.line("");
    sentence("worse", Style.RED, comparison.with(Row.Change.WORSE));
    sentence("better", Style.GREEN, comparison.with(Row.Change.BETTER));
    sentence("not known", Style.YELLOW, comparison.unseen());
    if (comparison.with(Row.Change.WORSE).isEmpty()) {
      out.line(
          comparison.unseen().isEmpty()
              ? "Nothing got worse."
              : "Nothing is known to have got worse.");
    }
    out.wrapped("", Style.DIM, comparison.threshold());
    comparison.assumptions().ifPresent(words -> out.wrapped("", Style.DIM, words));
  }

  private void table(List<Row> rows) {
    int name = width(rows.stream().map(Row::name).toList(), 12);
    int first = width(rows.stream().map(Row::first).toList(), 8);
    int second = width(rows.stream().map(Row::second).toList(), 8);
    String part = "";
    for (Row row : rows) {
      if (!row.part().equals(part)) {
        part = row.part();
        out.line("");
        out.line(Inert.text(part));
      }
      out.line(
          "  %s  %s  %s  %s"
              .formatted(
                  left(row.name(), name),
                  right(row.first(), first),
                  right(row.second(), second),
                  mark(row.change())));
      row.test()
          .ifPresent(
              test ->
                  out.wrapped(" ".repeat(name + 4), Style.DIM, Inert.text(plain(test.words()))));
    }
  }

  private static int width(List<String> texts, int least) {
    int longest = texts.stream().mapToInt(text -> plain(text).length()).max().orElse(least);
    return Math.min(WIDEST, Math.max(least, longest));
  }

  private static String left(String text, int width) {
    return cut(text, width) + " ".repeat(Math.max(0, width - plain(text).length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - plain(text).length())) + cut(text, width);
  }

  private static String cut(String text, int width) {
    String plain = plain(text);
    return plain.length() <= width ? plain : plain.substring(0, width - 1) + "…";
  }

  private static String plain(String text) {
    return Inert.text(text).replace('\u202f', ',').replace('\u00a0', ' ');
  }

  private String mark(Row.Change change) {
    return switch (change) {
      case WORSE -> out.in(Style.RED, "worse");
      case BETTER -> out.in(Style.GREEN, "better");
      case SAME -> "about the same";
      case UNKNOWN -> "–";
    };
  }

  private void sentence(String word, Style style, List<Row> rows) {
    if (!rows.isEmpty()) {
      String names =
          String.join(
              "; ",
              rows.stream()
                  .map(
                      row ->
                          "%s %s %s → %s"
                              .formatted(
                                  row.part(), row.name(), plain(row.first()), plain(row.second())))
                  .toList());
      out.wrapped(out.in(style, word + ": "), Inert.text(names));
    }
  }
}
