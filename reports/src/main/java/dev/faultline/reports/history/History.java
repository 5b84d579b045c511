package dev.faultline.reports.history;

import dev.faultline.model.summary.RunSummary;
import dev.faultline.reports.facts.Essentials;
import dev.faultline.reports.facts.Essentials.Figure;
import dev.faultline.reports.facts.Facts;
import dev.faultline.reports.stage.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

    /** What a run says of itself. */
    public static Past of(RunSummary run) {
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
    return of(
        experiment, runs.stream().map(Past::of).toList(), number -> Optional.of(runs.get(number)));
  }

  /**
   * The same from what is kept of runs.
   *
   * @param past oldest first, one at least, all of that experiment
   * @param runs reads a run by its place among them; empty where it cannot be read any more. The
   *     newest one is asked for, and the one that it is held to
   */
  public static History of(
      String experiment, List<Past> past, IntFunction<Optional<RunSummary>> runs) {
    OptionalInt accepted =
        IntStream.range(0, past.size() - 1).filter(number -> past.get(number).passed()).max();
    Optional<RunSummary> before =
        accepted.isPresent() ? runs.apply(accepted.getAsInt()) : Optional.empty();
    Standing standing =
        before
            .flatMap(run -> runs.apply(past.size() - 1).map(newest -> Standing.beside(run, newest)))
            .orElse(Standing.ALONE);
    return new History(
        experiment,
        past,
        before.map(run -> run.start().run()),
        standing.words(),
        standing.regressed(),
        Trend.over(past));
  }
}
