package dev.faultline.reports.history;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Essentials;
import dev.faultline.reports.facts.Essentials.Figure;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.stage.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs of one experiment over builds. The same runs give the same history.
 *
 * @param experiment its name
 * @param runs oldest first
 * @param against the run that the newest one is held to: the last one before it that passed; empty
 *     without one
 * @param standing how the newest run stands beside that, in words
 * @param regressed whether a test tells that it is worse
 * @param trends what the newest runs are beside those before them
 */
public record History(
    String experiment,
    List<Past> runs,
    Optional<String> against,
    String standing,
    boolean regressed,
    List<Trend> trends) {

  /** Keeps the lists unchangeable. */
  public History {
    runs = List.copyOf(runs);
    trends = List.copyOf(trends);
  }

  /**
   * One run.
   *
   * @param began when, by the wall clock
   * @param figures TTR, RTO, lost writes, p99 of the load
   */
  public record Past(
      String run, Instant began, String verdict, boolean passed, List<Figure> figures) {

    /** Keeps the list unchangeable. */
    public Past {
      figures = List.copyOf(figures);
    }

    private static Past of(RunSummary run) {
      Facts facts = Facts.of(run);
      return new Past(
          run.start().run(),
          run.began(),
          facts.headline().word(),
          facts.headline().exitCode().filter(code -> code == 0).isPresent(),
          Essentials.of(facts).all());
    }
  }

  /**
   * The history of an experiment.
   *
   * @param runs oldest first, one at least, all of that experiment
   */
  public static History of(String experiment, List<RunSummary> runs) {
    List<Past> past = runs.stream().map(Past::of).toList();
    Optional<RunSummary> accepted = accepted(runs, past);
    Standing standing =
        accepted.map(before -> Standing.beside(before, runs.getLast())).orElse(Standing.ALONE);
    return new History(
        experiment,
        past,
        accepted.map(before -> before.start().run()),
        standing.words(),
        standing.regressed(),
        Trend.of(past.stream().map(Past::figures).toList()));
  }

  private static Optional<RunSummary> accepted(List<RunSummary> runs, List<Past> past) {
    List<RunSummary> before = new ArrayList<>();
    for (int i = 0; i < runs.size() - 1; i++) {
      if (past.get(i).passed()) {
        before.add(runs.get(i));
      }
    }
    return before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
  }
}
