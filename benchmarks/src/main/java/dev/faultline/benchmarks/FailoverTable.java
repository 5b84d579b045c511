package dev.faultline.benchmarks;

import dev.faultline.benchmarks.Trial.Cost;
import dev.faultline.model.world.LedgerAccount.Tally;
import dev.faultline.model.world.NotReady;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Prints recovery times and lost writes of failovers, as a table of Markdown. */
public final class FailoverTable {

  private static final int TRIALS = 20;

  private FailoverTable() {}

  /**
   * Runs trials of each set-up.
   *
   * @param args how many trials, 20 when absent, and words that the rows wanted contain
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int trials = args.length > 0 ? Integer.parseInt(args[0]) : TRIALS;
    List<String> words = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "faultline");
    System.out.println(
        """
        | set-up | trials | writes/s before | RTO ms | detection ms | promotion ms | lost | lost age ms | unknown | lab ready s |
        |---|---|---|---|---|---|---|---|---|---|""");
    for (Setup setup : Setup.all()) {
      if (words.stream().allMatch(setup.title()::contains)) {
        System.out.println(row(setup, trials, cache));
      }
    }
  }

  private static String row(Setup setup, int trials, Path cache)
      throws IOException, InterruptedException {
    List<Cost> costs = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      try {
        costs.add(new Trial(setup, cache).run());
      } catch (NotReady | IllegalStateException failure) {
        failures.add(failure.getMessage());
        System.err.println(setup.title() + ": " + failure.getMessage());
      }
    }
    return "| %s | %d%s | %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            setup.title(),
            costs.size(),
            failures.isEmpty() ? "" : " (and %d that failed)".formatted(failures.size()),
            spread(costs, cost -> Math.round(cost.rate())),
            spread(costs, cost -> cost.recovery().toMillis()),
            spreadOf(costs, Cost::detection),
            spreadOf(costs, Cost::promotion),
            spreadOf(costs, tally(tally -> tally.lost())),
            spreadOf(costs, tally(tally -> tally.oldestLost().toMillis())),
            spreadOf(costs, tally(tally -> tally.unknown())),
            spread(costs, cost -> Math.round(cost.ready().toMillis() / 1000.0)));
  }

  private static Function<Cost, Optional<Duration>> tally(ToLongFunction<Tally> figure) {
    return cost -> cost.account().tally().map(figure::applyAsLong).map(Duration::ofMillis);
  }

  private static String spreadOf(List<Cost> costs, Function<Cost, Optional<Duration>> figure) {
    return spread(
        costs.stream()
            .flatMap(cost -> figure.apply(cost).stream())
            .map(Duration::toMillis)
            .toList());
  }

  private static String spread(List<Cost> costs, Function<Cost, Long> figure) {
    return spread(costs.stream().map(figure).toList());
  }

  /** Median, and in parentheses the least and the most. */
  private static String spread(List<Long> figures) {
    List<Long> sorted = figures.stream().sorted().toList();
    return sorted.isEmpty()
        ? "-"
        : "%d (%d–%d)"
            .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }
}
