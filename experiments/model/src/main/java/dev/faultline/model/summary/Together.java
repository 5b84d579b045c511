package dev.faultline.model.summary;

import dev.faultline.model.world.LedgerAccount.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gaps of several writers that were all open at one moment: what one failure did to them.
 *
 * @param gaps at least one, each with a write that failed
 * @param now what ends a gap that lasts
 */
record Together(List<Gap> gaps, Instant now) {

  private record Edge(Instant at, Optional<Gap> opened, Optional<Gap> closed) {}

  /** Keeps the list unchangeable. */
  Together {
    gaps = List.copyOf(gaps);
  }

  /**
   * The failure that silenced every writer for the longest time; empty when no write failed. What
   * hit less than half as many writers as another one is a writer's own trouble, however long.
   */
  static Optional<Together> longest(List<Gap> all, Instant now) {
    List<Together> groups = groups(all, now);
    int most = groups.stream().mapToInt(group -> group.gaps.size()).max().orElse(0);
    return groups.stream()
        .filter(group -> 2 * group.gaps.size() >= most)
        .max(Comparator.comparing(Together::silence));
  }

  /** Every group to which no other gap can be added. */
  private static List<Together> groups(List<Gap> all, Instant now) {
    List<Gap> open = new ArrayList<>();
    List<Together> groups = new ArrayList<>();
    boolean grown = false;
    for (Edge edge : edges(all, now)) {
      if (edge.closed().isPresent() && grown) {
        groups.add(new Together(open, now));
      }
      edge.opened().ifPresent(open::add);
      edge.closed().ifPresent(open::remove);
      grown = edge.opened().isPresent();
    }
    return groups;
  }

  // An acknowledgement that ends one gap and begins the next belongs to the end first.
  private static List<Edge> edges(List<Gap> all, Instant now) {
    return all.stream()
        .filter(gap -> gap.firstFailed().isPresent())
        .flatMap(
            gap ->
                Stream.of(
                    new Edge(gap.lastAcknowledged(), Optional.of(gap), Optional.empty()),
                    new Edge(
                        gap.nextAcknowledged().orElse(now), Optional.empty(), Optional.of(gap))))
        .sorted(Comparator.comparing(Edge::at).thenComparing(edge -> edge.opened().isPresent()))
        .toList();
  }

  /**
   * The first write that failed, or the last acknowledgement of any writer should that be later.
   */
  Instant began() {
    Instant failed = times(Gap::firstFailed).min(Comparator.naturalOrder()).orElseThrow();
    Instant last =
        times(gap -> Optional.of(gap.lastAcknowledged()))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return last.isAfter(failed) ? last : failed;
  }

  /** The first acknowledgement of any writer after it. */
  Optional<Instant> firstBack() {
    return times(Gap::nextAcknowledged).min(Comparator.naturalOrder());
  }

  /** When every writer had one again. */
  Optional<Instant> allBack() {
    return gaps.stream().allMatch(gap -> gap.nextAcknowledged().isPresent())
        ? times(Gap::nextAcknowledged).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private Duration silence() {
    return Duration.between(began(), firstBack().orElse(now));
  }

  private Stream<Instant> times(Function<Gap, Optional<Instant>> moment) {
    return gaps.stream().flatMap(gap -> moment.apply(gap).stream());
  }
}
