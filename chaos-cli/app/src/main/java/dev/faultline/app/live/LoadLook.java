package dev.faultline.app.live;

import dev.faultline.judge.Latencies;
import dev.faultline.model.world.LoadInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the load met lately.
 *
 * @param recent the newest seconds, the last one at the end
 * @param p99 the 99th percentile of each of the seconds before, in seconds, for the curve
 * @param latencies of the recent seconds; empty where none could be read
 */
record LoadLook(
    List<LoadInterval> recent, List<OptionalDouble> p99, Optional<Latencies> latencies) {

  /** Seconds that the figures speak of. */
  static final int WINDOW = 10;

  private static final int KEPT = 120;

  static final LoadLook NONE = new LoadLook(List.of(), List.of(), Optional.empty());

  LoadLook {
    recent = List.copyOf(recent);
    p99 = List.copyOf(p99);
  }

  LoadLook on(LoadInterval second) {
    List<LoadInterval> window = last(WINDOW, recent, second);
    OptionalDouble tail =
        latencies(List.of(second))
            .map(all -> OptionalDouble.of(all.percentile(99).toNanos() / 1e9))
            .orElse(OptionalDouble.empty());
    return new LoadLook(window, last(KEPT, p99, tail), latencies(window));
  }

  private static <T> List<T> last(int most, List<T> before, T next) {
    List<T> all = new ArrayList<>(before);
    all.add(next);
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  private static Optional<Latencies> latencies(List<LoadInterval> seconds) {
    try {
      return Optional.of(Latencies.merge(seconds.stream().map(LoadInterval::histogram).toList()))
          .filter(all -> all.count() > 0);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
      return Optional.empty();
    }
  }

  /** Requests a second that should have been started. */
  long rate() {
    return Math.round(recent.stream().mapToLong(LoadInterval::intended).average().orElse(0));
  }

  long intended() {
    return recent.stream().mapToLong(LoadInterval::intended).sum();
  }

  long failed() {
    return recent.stream().mapToLong(LoadInterval::failed).sum();
  }

  /** The most frequent class of errors. */
  Optional<String> mostFrequent() {
    return recent.stream()
        .flatMap(second -> second.errors().entrySet().stream())
        .filter(error -> error.getValue() > 0)
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Comparator.comparing(Map.Entry::getKey)))
        .map(Map.Entry::getKey);
  }

  Optional<Duration> percentile(double percent) {
    return latencies.map(all -> all.percentile(percent));
  }
}
