package dev.faultline.benchmarks.load;

import dev.faultline.environment.lives.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints the load generator beside others. They take turns. */
public final class LoadTable {

  private static final List<Integer> RATES = List.of(1000, 10_000);
  private static final int SECONDS = 20;

  private LoadTable() {}

  /**
   * Compares.
   *
   * @param args {@code vegeta} and {@code k6} (each may be {@code -}), how many passes
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int passes = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Path folder = Files.createTempDirectory("load");
    List<Generator> generators = new ArrayList<>();
    generators.add(new Generator.Faultline());
    if (!args[0].equals("-")) {
      generators.add(new Generator.Vegeta(args[0]));
    }
    if (!args[1].equals("-")) {
      generators.add(new Generator.K6(args[1]));
    }
    System.out.printf(
        Locale.ROOT,
        "The true p99 is %.0f ms, the true p50 next to nothing.%n%n"
            + "| asked | | answered/s | p50 ms | p99 ms | failed | processor s |%n"
            + "|---|---|---|---|---|---|---|%n",
        StallingServer.truth(0.99));
    try (StallingServer server = StallingServer.start()) {
      String url = "http://127.0.0.1:%d/".formatted(server.port());
      for (int rate : RATES) {
        compare(generators, passes, folder, url, rate);
      }
    } finally {
      Folders.remove(folder);
    }
  }

  /** Who does not come to an end is told in place of its figures. */
  private static void compare(
      List<Generator> generators, int passes, Path folder, String url, int rate)
      throws InterruptedException {
    List<List<Figures>> all = new ArrayList<>();
    generators.forEach(_ -> all.add(new ArrayList<>()));
    for (int pass = 0; pass < passes; pass++) {
      for (int one = 0; one < generators.size(); one++) {
        try {
          all.get(one).add(generators.get(one).run(url, rate, SECONDS, folder));
        } catch (IOException failure) {
          System.out.printf(
              "| %d/s | %s | %s |%n", rate, generators.get(one).name(), failure.getMessage());
        }
      }
    }
    for (int one = 0; one < generators.size(); one++) {
      List<Figures> figures = all.get(one);
      if (figures.isEmpty()) {
        continue;
      }
      System.out.printf(
          Locale.ROOT,
          "| %d/s | %s | %.1f | %.2f | %.1f | %.0f | %.1f |%n",
          rate,
          generators.get(one).name(),
          median(figures, Figures::rate),
          median(figures, Figures::p50),
          median(figures, Figures::p99),
          median(figures, Figures::failed),
          median(figures, figure -> seconds(figure.spent().processor())));
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> of) {
    return figures.stream().mapToDouble(of).sorted().toArray()[figures.size() / 2];
  }
}
