package dev.faultline.benchmarks.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What was measured of a contestant, over all passes. */
final class Scores {

  private static final int DELAYS = 4;

  private final Contestant contestant;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> costs = new ArrayList<>();
  private final List<Double> stream = new ArrayList<>();
  private final List<Double> efficiencies = new ArrayList<>();
  private final List<Double> lateStream = new ArrayList<>();
  private final Histogram alone = new Histogram(3);
  private final List<Histogram> late =
      Stream.generate(() -> new Histogram(3)).limit(DELAYS).toList();
  private long memory;

  Scores(Contestant contestant) {
    this.contestant = contestant;
  }

  Contestant contestant() {
    return contestant;
  }

  Load load() {
    return new Load(contestant.port());
  }

  void throughput(Load.Result result, Duration processor) {
    rates.add(result.perSecond());
    costs.add(processor.toNanos() / 1e3 / result.nanos().getTotalCount());
  }

  void stream(double perSecond, Duration processor) {
    stream.add(perSecond);
    if (processor.isPositive()) {
      efficiencies.add(perSecond * RelayTable.PASS.toNanos() / processor.toNanos());
    }
  }

  String efficiency() {
    return efficiencies.isEmpty() ? "-" : spread(efficiencies, 1e6);
  }

  String rate() {
    return spread(rates, 1);
  }

  String cost() {
    return costs.stream().mapToDouble(cost -> cost).sum() == 0 ? "-" : spread(costs, 1);
  }

  /** Bytes per second. */
  List<Double> stream() {
    return stream;
  }

  String delayedStream() {
    return lateStream.isEmpty() ? "-" : spread(lateStream, 1e6);
  }

  /** Bytes per second under a delay. */
  List<Double> lateStream() {
    return lateStream;
  }

  /** Requests one after the other. */
  Histogram alone() {
    return alone;
  }

  /** Requests under one of the delays, and last without one. */
  Histogram late(int delay) {
    return late.get(delay);
  }

  void memory(long bytes) {
    memory = bytes;
  }

  long memory() {
    return memory;
  }

  /** Median, and in parentheses the least and the most. */
  static String spread(List<Double> figures, double unit) {
    List<Long> sorted = figures.stream().map(figure -> Math.round(figure / unit)).sorted().toList();
    return "%d (%d–%d)"
        .formatted(sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast());
  }
}
