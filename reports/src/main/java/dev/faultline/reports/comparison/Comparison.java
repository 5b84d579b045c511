package dev.faultline.reports.comparison;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.comparison.Row.Change;
import dev.faultline.reports.facts.Facts;
import java.util.ArrayList;
import java.util.List;

/**
 * Two runs side by side. The same runs give the same comparison.
 *
 * @param first id of the first run
 * @param second id of the second run
 * @param threshold what counts as about the same, in words
 * @param rows every figure that at least one of them has
 * @param settings what is set otherwise, and may be the reason
 * @param warnings why the runs may not be comparable, a sentence each without a full stop
 */
public record Comparison(
    String first,
    String second,
    String threshold,
    List<Row> rows,
    List<Difference> settings,
    List<String> warnings) {

  private static final String THRESHOLD =
      "about the same: less than 10 % of the larger value, or within what both runs could have"
          + " measured by chance; one run against one shows no more than that (a mean needs five)";

  /** Keeps the lists unchangeable. */
  public Comparison {
    rows = List.copyOf(rows);
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
  }

  /** Something that is not the same in both runs. */
  public record Difference(String name, String first, String second) {}

  /** Compares two runs. */
  public static Comparison of(RunSummary first, RunSummary second) {
    Facts before = Facts.of(first);
    Facts after = Facts.of(second);
    List<Row> rows = new ArrayList<>();
    rows.add(Outcomes.row(first, second));
    rows.addAll(FailoverRows.of(before, after));
    rows.addAll(RecoveryRows.of(first, second));
    rows.addAll(LoadRows.of(before, after));
    rows.addAll(GateRows.of(before, after));
    rows.removeIf(Row::empty);
    return new Comparison(
        first.start().run(),
        second.start().run(),
        THRESHOLD,
        rows,
        Differences.settings(before, after),
        Differences.warnings(first, second));
  }

  /**
   * What the first run says of outcome, writes or gates and the second does not, so that nobody can
   * tell whether it got worse.
   */
  public List<Row> unseen() {
    return with(Change.UNKNOWN).stream().filter(Row::weighty).toList();
  }

  /** The rows of one change. */
  public List<Row> with(Change change) {
    return rows.stream().filter(row -> row.change() == change).toList();
  }
}
