package dev.faultline.reports.stage;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.comparison.Comparison;
import dev.faultline.reports.comparison.Row;
import dev.faultline.reports.comparison.Row.Change;
import java.util.List;
import java.util.Optional;

/**
 * How a run stands beside the last accepted one of its experiment.
 *
 * @param comparison the accepted run first; empty without one
 */
public record Standing(Optional<Comparison> comparison) {

  /** There is nothing to stand beside. */
  public static final Standing ALONE = new Standing(Optional.empty());

  /** A run beside the last accepted one. */
  public static Standing beside(RunSummary accepted, RunSummary run) {
    return new Standing(Optional.of(Comparison.of(accepted, run)));
  }

  /** Figures that a test tells to be worse, between runs that can be compared. */
  public List<Row> shown() {
    return comparable()
        ? worse().stream().filter(row -> row.test().isPresent()).toList()
        : List.of();
  }

  /**
   * Figures that look worse, of which no test speaks: one value of one run against one value of
   * another.
   */
  public List<Row> unsure() {
    List<Row> shown = shown();
    return worse().stream().filter(row -> !shown.contains(row)).toList();
  }

  private List<Row> worse() {
    return comparison.map(both -> both.with(Change.WORSE)).orElse(List.of());
  }

  private boolean comparable() {
    return comparison.map(both -> both.warnings().isEmpty()).orElse(false);
  }

  private boolean tested() {
    return comparison
        .map(both -> both.rows().stream().anyMatch(row -> row.test().isPresent()))
        .orElse(false);
  }

  /** Whether something got worse beyond what chance and the size of the effect allow. */
  public boolean regressed() {
    return !shown().isEmpty();
  }

  /** What a reader should know of it, in a few sentences. */
  public String words() {
    if (comparison.isEmpty()) {
      return "no accepted run to compare with";
    }
    StringBuilder words = new StringBuilder();
    if (!shown().isEmpty()) {
      words.append("worse, and no chance: ").append(named(shown(), true)).append(". ");
    }
    if (!unsure().isEmpty()) {
      words.append("looks worse: ").append(named(unsure(), false)).append("; ");
      words.append(comparable() ? "not enough runs to tell it from chance. " : "");
    }
    if (!comparable()) {
      words.append("not comparable: ");
      words.append(String.join("; ", comparison.get().warnings())).append(". ");
    } else if (words.isEmpty()) {
      words.append(
          tested() ? "nothing got worse" : "nothing got worse; not enough runs for a test");
    }
    return words.toString().strip();
  }

  private static String named(List<Row> rows, boolean tested) {
    return String.join(
        "; ",
        rows.stream()
            .map(
                row ->
                    "%s %s %s → %s%s"
                        .formatted(
                            row.part(),
                            row.name(),
                            row.first(),
                            row.second(),
                            tested
                                ? row.test().map(said -> " (%s)".formatted(said.words())).orElse("")
                                : ""))
            .toList());
  }
}
