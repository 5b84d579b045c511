package dev.faultline.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long things took in several passes, and the table of it. Not thread-safe. */
public final class Times {

  private static final double P99 = 0.99;

  private final Map<String, List<Duration>> table = new LinkedHashMap<>();

  /** Notes how long something took. */
  public void note(String what, Duration time) {
    table.computeIfAbsent(what, _ -> new ArrayList<>()).add(time);
  }

  /**
   * Notes that something has just come.
   *
   * @param start from when it counts, by {@link System#nanoTime()}
   */
  public void noteSince(long start, String what) {
    note(what, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Prints median, 99th percentile and the most, by nearest rank, in the order of first notes. */
  public void print(String title) {
    System.out.printf("| %s | ms: median, p99, most |%n", title);
    System.out.println("|---|---|");
    table.forEach(
        (what, times) -> {
          List<Duration> sorted = times.stream().sorted().toList();
          System.out.printf(
              "| %s | %d, %d, %d |%n",
              what,
              sorted.get(sorted.size() / 2).toMillis(),
              sorted.get((int) Math.ceil(sorted.size() * P99) - 1).toMillis(),
              sorted.getLast().toMillis());
        });
  }
}
