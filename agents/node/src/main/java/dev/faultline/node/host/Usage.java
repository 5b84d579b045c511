package dev.faultline.node.host;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many cores were used by this process, and idle, in the last second. Thread-safe. */
final class Usage {

  private static final long WINDOW = 1_000_000_000L;

  /** What nobody uses of the processor time that there is. */
  @FunctionalInterface
  interface Idle {
    /** That of the machine. */
    Idle OF_MACHINE = () -> ProcFile.idleTicks() * NANOS_PER_TICK;

    /** All of it since some moment; differences alone mean something. */
    long nanos() throws IOException;
  }

  private static final long NANOS_PER_TICK = 10_000_000L;

  private record Sample(long at, long used, long idle) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Idle idle;

  Usage(Idle idle) {
    this.idle = idle;
  }

  synchronized void look(long at, long used) throws IOException {
    samples.addLast(new Sample(at, used, idle.nanos()));
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
        Math.max(0, (double) (last.idle() - first.idle()) / span()));
  }

  private long span() {
    return samples.getLast().at() - samples.getFirst().at();
  }
}
