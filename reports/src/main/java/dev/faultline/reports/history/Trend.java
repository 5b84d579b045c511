package dev.faultline.reports.history;

import dev.faultline.judge.twosample.Holm;
import dev.faultline.judge.twosample.Superiority;
import dev.faultline.reports.comparison.Row.Change;
import dev.faultline.reports.comparison.Tested;
import dev.faultline.reports.facts.Essentials.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One figure of the newest runs beside the same of those before them: each run is one block, so
 * that what differs from run to run is what the test knows of chance.
 *
 * @param figure which one; less of it is better
 * @param newest how many of the newest runs have it
 * @param before how many of those before have it
 * @param change what became of it; unknown where there are not enough runs
 * @param test what a test says of it; empty where there are not enough runs
 */
public record Trend(String figure, int newest, int before, Change change, Optional<Tested> test) {

  /** A mean needs so many runs, on either side. */
  public static final int FEWEST = 5;

  private static final double MILLION = 1e6;

  /** What a test needs. */
  private record Sides(String figure, List<Double> newest, List<Double> before) {

    boolean enough() {
      return newest.size() >= FEWEST && before.size() >= FEWEST;
    }

    Optional<Superiority> test() {
      return enough() ? Superiority.of(blocks(before), blocks(newest)) : Optional.empty();
    }

    private static List<SortedMap<Long, Long>> blocks(List<Double> values) {
      List<SortedMap<Long, Long>> blocks = new ArrayList<>();
      for (double value : values) {
        blocks.add(new TreeMap<>(Map.of(Math.round(value * MILLION), 1L)));
      }
      return blocks;
    }
  }

  /**
   * What the newest of some runs are beside those before.
   *
   * @param runs oldest first
   */
  public static List<Trend> over(List<History.Past> runs) {
    return of(runs.stream().map(History.Past::figures).toList());
  }

  /**
   * The trends of the figures of runs, oldest first; figures that no run has are left out.
   *
   * @param runs the figures of each run, in the same order in each
   */
  static List<Trend> of(List<List<Figure>> runs) {
    int split = Math.max(0, runs.size() - FEWEST);
    List<Sides> all = new ArrayList<>();
    for (int i = 0; !runs.isEmpty() && i < runs.getFirst().size(); i++) {
      Sides sides =
          new Sides(
              runs.getFirst().get(i).name(),
              values(runs.subList(split, runs.size()), i),
              values(runs.subList(0, split), i));
      if (!sides.newest().isEmpty() || !sides.before().isEmpty()) {
        all.add(sides);
      }
    }
    return tested(all);
  }

  private static List<Double> values(List<List<Figure>> runs, int figure) {
    return runs.stream().flatMap(run -> run.get(figure).value().stream()).toList();
  }

  private static List<Trend> tested(List<Sides> all) {
    List<Optional<Superiority>> tests = all.stream().map(Sides::test).toList();
    List<Double> adjusted =
        Holm.adjusted(tests.stream().flatMap(Optional::stream).map(Superiority::pValue).toList());
    List<Trend> trends = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < all.size(); i++) {
      Optional<Superiority> found = tests.get(i);
      Optional<Tested> said = Optional.empty();
      if (found.isPresent()) {
        said = Optional.of(said(found.get(), adjusted.get(next)));
        next++;
      }
      trends.add(trend(all.get(i), found, said));
    }
    return trends;
  }

  private static Tested said(Superiority found, double adjusted) {
    String effect =
        String.format(
            Locale.ROOT,
            "larger in %.0f%% of pairs (%.0f to %.0f)",
            100 * found.probability(),
            100 * found.low(),
            100 * found.high());
    return new Tested("Mann-Whitney, by runs", effect, found.pValue(), adjusted);
  }

  private static Trend trend(Sides sides, Optional<Superiority> found, Optional<Tested> said) {
    Change change = Change.UNKNOWN;
    if (found.isPresent() && said.isPresent()) {
      boolean larger = found.get().probability() > 1 - found.get().probability();
      change = !said.get().significant() ? Change.SAME : larger ? Change.WORSE : Change.BETTER;
    }
    return new Trend(sides.figure(), sides.newest().size(), sides.before().size(), change, said);
  }

  /** Such as {@code worse: larger in 96% of pairs (80 to 100), p 0.008}. */
  public String words() {
    return test.map(said -> "%s: %s".formatted(change.words(), said.words()))
        .orElseGet(
            () ->
                "not enough runs: %d of the newest and %d before have it, and a test needs %d and %d"
                    .formatted(newest, before, FEWEST, FEWEST));
  }
}
