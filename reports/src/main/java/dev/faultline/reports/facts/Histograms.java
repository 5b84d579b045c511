package dev.faultline.reports.facts;

import dev.faultline.judge.Latencies;
import dev.faultline.model.world.LoadInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The histograms of some seconds, merged as far as they can be read. */
record Histograms(Optional<Latencies> merged, int unreadable) {

  static Histograms of(List<LoadInterval> intervals) {
    List<String> encoded = intervals.stream().map(LoadInterval::histogram).toList();
    Optional<Latencies> all = merge(encoded);
    if (all.isPresent() || encoded.isEmpty()) {
      return new Histograms(all.filter(found -> found.count() > 0), 0);
    }
    List<String> readable = new ArrayList<>(encoded);
    readable.removeIf(one -> merge(List.of(one)).isEmpty());
    return new Histograms(
        merge(readable).filter(found -> found.count() > 0), encoded.size() - readable.size());
  }

  private static Optional<Latencies> merge(List<String> encoded) {
    try {
      return Optional.of(Latencies.merge(encoded));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException broken) {
      return Optional.empty();
    }
  }
}
