package dev.faultline.reports.comparison;

import dev.faultline.judge.Latencies;
import dev.faultline.judge.twosample.Share;
import dev.faultline.model.world.LoadInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The load in one part of a run as blocks of some seconds: requests within a block may share their
 * fate, blocks are taken to be independent of each other.
 *
 * @param blocks the seconds of each block, in order
 */
record LoadBlocks(List<List<LoadInterval>> blocks) {

  /** Longer than what a pause of a garbage collector or a retry smears a failure over. */
  static final int LONGEST = 5;

  /** Fewer say nothing of how blocks differ among themselves. */
  static final int FEWEST = 5;

  private static final int WANTED = 10;

  LoadBlocks {
    blocks = List.copyOf(blocks);
  }

  /** How long blocks should be so that the shorter of two parts has ten of them. */
  static int length(int secondsOfFirst, int secondsOfSecond) {
    return Math.clamp(Math.min(secondsOfFirst, secondsOfSecond) / WANTED, 1, LONGEST);
  }

  /** Whole blocks; what is left at the end joins the last one. */
  static LoadBlocks of(List<LoadInterval> seconds, int length) {
    int whole = Math.max(1, seconds.size() / length);
    return new LoadBlocks(
        IntStream.range(0, whole)
            .mapToObj(
                block ->
                    List.copyOf(
                        seconds.subList(
                            block * length,
                            block == whole - 1 ? seconds.size() : (block + 1) * length)))
            .toList());
  }

  boolean enough() {
    return blocks.size() >= FEWEST;
  }

  /** How many requests of each block failed. */
  List<Share> failed() {
    return blocks.stream()
        .map(
            block -> {
              long intended = block.stream().mapToLong(LoadInterval::intended).sum();
              long failed = block.stream().mapToLong(LoadInterval::failed).sum();
              return new Share(Math.min(failed, intended), intended);
            })
        .toList();
  }

  /** How many requests of each block took longer than that. */
  List<Share> slowerThan(Duration limit) {
    return latencies().stream().map(all -> new Share(all.over(limit), all.count())).toList();
  }

  /** How often each latency occurs in each block. */
  List<SortedMap<Long, Long>> counts() {
    return latencies().stream().map(Latencies::counts).toList();
  }

  private List<Latencies> latencies() {
    List<Latencies> readable = new ArrayList<>();
    for (List<LoadInterval> block : blocks) {
      merged(block).ifPresent(readable::add);
    }
    return readable;
  }

  /** The latencies of some seconds; empty where one of them cannot be read, or none is there. */
  static Optional<Latencies> merged(List<LoadInterval> seconds) {
    try {
      return Optional.of(Latencies.merge(seconds.stream().map(LoadInterval::histogram).toList()))
          .filter(all -> all.count() > 0);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
      return Optional.empty();
    }
  }
}
