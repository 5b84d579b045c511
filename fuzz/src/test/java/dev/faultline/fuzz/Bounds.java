package dev.faultline.fuzz;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What one input of some kilobytes may cost, whatever is in it. Other work on the machine does not
 * count.
 */
public final class Bounds {

  private static final long CPU_NANOS = 2_000_000_000L;
  private static final long BYTES = 64L << 20;
  private static final ThreadMXBean THREAD =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private Bounds() {}

  /** One reading of an input. */
  public interface Attempt {

    /** Reads it. */
    void run() throws IOException;
  }

  /** Reads, and once more where it took too much: the first time also loads classes. */
  public static void keep(Attempt attempt) throws IOException {
    boolean first = breaks(attempt);
    if (first && breaks(attempt)) {
      throw new AssertionError(
          "one input takes more than %d ms of processor time, or %d MiB"
              .formatted(CPU_NANOS / 1_000_000, BYTES >> 20));
    }
  }

  private static boolean breaks(Attempt attempt) throws IOException {
    long cpu = THREAD.getCurrentThreadCpuTime();
    long bytes = THREAD.getCurrentThreadAllocatedBytes();
    attempt.run();
    return THREAD.getCurrentThreadCpuTime() - cpu > CPU_NANOS
        || THREAD.getCurrentThreadAllocatedBytes() - bytes > BYTES;
  }
}
