package dev.faultline.serve.page;

import dev.faultline.judge.Latencies;
import dev.faultline.model.world.LoadInterval;
import dev.faultline.reports.facts.Spelling;
import java.util.List;
import java.util.Optional;

/**
 * What the load met in its newest seconds.
 *
 * @param seconds how many those are
 * @param rate requests a second that should have been started
 * @param failed the share that failed
 * @param p99 the 99th percentile of the latency
 */
public record LoadNow(int seconds, String rate, String failed, String p99) {

  private static final int WINDOW = 10;

  static Optional<LoadNow> of(List<LoadInterval> load) {
    if (load.isEmpty()) {
      return Optional.empty();
    }
    List<LoadInterval> last = load.subList(Math.max(0, load.size() - WINDOW), load.size());
    long intended = last.stream().mapToLong(LoadInterval::intended).sum();
    long failed = last.stream().mapToLong(LoadInterval::failed).sum();
    return Optional.of(
        new LoadNow(
            last.size(),
            Spelling.count(Math.round((double) intended / last.size())) + "/s",
            Spelling.share(failed, intended),
            p99(last)));
  }

  private static String p99(List<LoadInterval> last) {
    try {
      Latencies all = Latencies.merge(last.stream().map(LoadInterval::histogram).toList());
      return all.count() == 0 ? "–" : Spelling.span(all.percentile(99));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
      return "not known";
    }
  }
}
