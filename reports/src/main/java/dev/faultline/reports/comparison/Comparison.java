package dev.faultline.reports.comparison;

import dev.faultline.judge.twosample.Holm;
import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.comparison.Row.Change;
import dev.faultline.reports.facts.Facts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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
        adjusted(rows),
        Differences.settings(before, after),
        Differences.warnings(first, second));
  }

  private static List<Row> adjusted(List<Row> rows) {
    List<Double> all = Holm.adjusted(tests(rows).stream().map(Tested::pValue).toList());
    Iterator<Double> next = all.iterator();
    return rows.stream().map(row -> row.test().isPresent() ? row.among(next.next()) : row).toList();
  }

  private static List<Tested> tests(List<Row> rows) {
    return rows.stream().flatMap(row -> row.test().stream()).toList();
  }

  private static String assumptions(int tests) {
    return ("p: the chance of so large a difference where there is none, adjusted for all %d tests"
            + " (Holm); from 0.05 on it counts as chance. Seconds of load are taken in blocks of up"
            + " to 5 s, for requests of one moment share their fate; blocks count as independent,"
            + " which a slow drift would break")
        .formatted(tests);
  }

  /** What the tests assume, in words; empty where nothing could be tested. */
  public Optional<String> assumptions() {
    int tests = tests(rows).size();
    return tests == 0 ? Optional.empty() : Optional.of(assumptions(tests));
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
