package dev.faultline.node.host;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.faultline.node.packet.kernel.Calls;
import dev.faultline.node.packet.kernel.KernelException;
import dev.faultline.node.packet.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** How much processor time this process, or a thread of it, has had. For one thread. */
final class CpuClock {

  private static final int PROCESS = 2;
  private static final int THREAD = 3;
  private static final long NANOS = 1_000_000_000L;

  private final Calls calls = new Calls();
  private final MemorySegment time = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);
  private final int clock;

  private CpuClock(int clock) {
    this.clock = clock;
  }

  static CpuClock ofProcess() {
    return new CpuClock(PROCESS);
  }

  /** Of whichever thread asks. */
  static CpuClock ofThread() {
    return new CpuClock(THREAD);
  }

  long nanos() throws KernelException {
    long _ = calls.make("a clock", SystemCall.CLOCK_GETTIME, clock, time.address());
    return time.get(JAVA_LONG, 0) * NANOS + time.get(JAVA_LONG, Long.BYTES);
  }
}
