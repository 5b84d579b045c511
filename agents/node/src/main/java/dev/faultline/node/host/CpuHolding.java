package dev.faultline.node.host;

import dev.faultline.node.packet.kernel.KernelException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps cores busy: one thread for each. In each turn of 50 ms a thread works until it has had its
 * share of processor time, or the turn is over because others wanted the core too.
 */
final class CpuHolding implements Holding {

  private static final long TURN = 50_000_000L;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int PIECE = 20_000;

  private final double share;
  private final int cores;
  private final Usage usage;

  private CpuHolding(double share, int cores, Usage.Idle idle) {
    this.share = share;
    this.cores = cores;
    this.usage = new Usage(idle);
  }

  static CpuHolding of(HostOrder.Cpu order) {
    int all = Runtime.getRuntime().availableProcessors();
    return new CpuHolding(
        order.share(), order.cores() == 0 ? all : order.cores(), Usage.Idle.OF_MACHINE);
  }

  /**
   * The time of so many cores in all, by as few threads as it takes.
   *
   * @param time above 0
   * @param idle what is left of that which there is
   */
  static CpuHolding of(double time, Usage.Idle idle) {
    int threads = (int) Math.ceil(time);
    return new CpuHolding(time / threads, threads, idle);
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    for (int i = 0; i < cores; i++) {
      Thread.ofPlatform().daemon().name("busy-" + i).start(this::work);
    }
    CpuClock clock = CpuClock.ofProcess();
    while (true) {
      usage.look(System.nanoTime(), clock.nanos());
      Thread.sleep(LOOK);
    }
  }

  @Override
  public HostReading read() {
    return usage.reading(share * cores);
  }

  private void work() {
    CpuClock clock = CpuClock.ofThread();
    long number = System.nanoTime();
    try {
      while (true) {
        long end = System.nanoTime() + TURN;
        long enough = clock.nanos() + (long) (share * TURN);
        while (System.nanoTime() < end && clock.nanos() < enough) {
          number = toil(number);
        }
        if (share < 1) {
          LockSupport.parkNanos(end - System.nanoTime());
        }
      }
    } catch (KernelException impossible) {
      throw new IllegalStateException("a thread without a clock, at " + number, impossible);
    }
  }

  /** What depends on what came before cannot be left out. */
  private static long toil(long from) {
    long number = from;
    for (int i = 0; i < PIECE; i++) {
      number = number * 6364136223846793005L + 1442695040888963407L;
    }
    return number;
  }
}
