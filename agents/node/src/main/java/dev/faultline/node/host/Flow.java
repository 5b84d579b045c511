package dev.faultline.node.host;

import java.util.ArrayDeque;
import java.util.Deque;

/** How much of what is counted came in a second, over the last ones. Thread-safe. */
final class Flow {

  private static final long NANOS = 1_000_000_000L;
  private static final long WINDOW = 3 * NANOS;

  private record Sample(long at, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  synchronized void look(long at, long count) {
    samples.addLast(new Sample(at, count));
    while (samples.size() > 2 && at - samples.getFirst().at() > WINDOW) {
      samples.removeFirst();
    }
  }

  /** Nothing before there are two looks. */
  synchronized double perSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return (double) (last.count() - first.count()) * NANOS / (last.at() - first.at());
  }
}
