package dev.faultline.app;

import dev.faultline.reports.comparison.Row.Change;
import dev.faultline.reports.facts.Essentials.Figure;
import dev.faultline.reports.history.History;
import dev.faultline.reports.history.Trend;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The runs of an experiment as a table, and what became of its figures. */
final class HistoryView {

  private final Page out;

  HistoryView(Page out) {
    this.out = out;
  }

  void print(History history) {
    out.line(out.in(Style.BOLD, Inert.text(history.experiment())));
    out.line(
        "  %-24s %-16s %s"
            .formatted(
                "began", "verdict", columns(history.runs().getFirst().figures(), Figure::name)));
    for (History.Past past : history.runs()) {
      Style style = past.passed() ? Style.GREEN : Style.RED;
      out.line(
          "  %-24s %s %s"
              .formatted(
                  past.began(),
                  out.in(style, "%-16s".formatted(Inert.text(past.verdict()))),
                  columns(past.figures(), Figure::words)));
    }
    out.wrapped(
        "  newest   ",
        Inert.text(
            history.against().map(run -> "beside %s: ".formatted(run)).orElse("")
                + history.standing()));
    for (Trend trend : history.trends()) {
      out.wrapped("  %-8s ".formatted(trend.figure()), style(trend.change()), trend.words());
    }
    out.line("");
  }

  private static Style style(Change change) {
    return switch (change) {
      case WORSE -> Style.RED;
      case BETTER -> Style.GREEN;
      case SAME -> Style.PLAIN;
      case UNKNOWN -> Style.DIM;
    };
  }

  private static String columns(List<Figure> figures, Function<Figure, String> part) {
    return figures.stream()
        .map(figure -> "%12s".formatted(plain(part.apply(figure))))
        .collect(Collectors.joining(" "));
  }

  private static String plain(String text) {
    return Inert.text(text).replace('\u202f', ' ').replace('\u00a0', ' ');
  }
}
