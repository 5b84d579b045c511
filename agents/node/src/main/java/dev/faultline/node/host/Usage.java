package dev.faultline.node.host;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many cores were used by this process, and idle, in the last second. Thread-safe. */
final class Usage {

  private static final long WINDOW = 1_000_000_000L;
  private static final double NANOS_PER_TICK = 1e7;

  private record Sample(long at, long used, long idleTicks) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  synchronized void look(long at, long used) throws IOException {
    samples.addLast(new Sample(at, used, ProcFile.idleTicks()));
    while (samples.size() > 2 && at - samples.getFirst().at() > WINDOW) {
      samples.removeFirst();
    }
  }

  /** Nothing before it has looked for most of a second. */
  synchronized HostReading reading(double asked) {
    if (samples.isEmpty() || span() < WINDOW * 8 / 10) {
      return new HostReading(asked, 0, 0);
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    return new HostReading(
        asked,
        (double) (last.used() - first.used()) / span(),
        (last.idleTicks() - first.idleTicks()) * NANOS_PER_TICK / span());
  }

  private long span() {
    return samples.getLast().at() - samples.getFirst().at();
  }
}
