package dev.faultline.node.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds memory: each page is written, and written again each second, so that it is not swapped out.
 * Before each piece it looks whether enough stays available.
 */
final class MemoryHolding implements Holding {

  private static final long PIECE = 16L << 20;
  private static final long PAGE = 4096;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final HostOrder.Memory order;
  private final long before;
  private final List<MemorySegment> pieces = new ArrayList<>();

  MemoryHolding(HostOrder.Memory order) throws IOException {
    this.order = order;
    this.before = ProcFile.resident();
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    for (long held = 0; held < order.bytes(); held += PIECE) {
      long piece = Math.min(PIECE, order.bytes() - held);
      long available = ProcFile.memoryAvailable();
      if (available - piece < order.leave()) {
        throw new IOException(
            "%d MiB are available, of which %d MiB must stay; %d MiB were taken"
                .formatted(available >> 20, order.leave() >> 20, held >> 20));
      }
      pieces.add(Arena.global().allocate(piece, PAGE));
      touch(pieces.getLast());
    }
    while (true) {
      Thread.sleep(AGAIN);
      pieces.forEach(MemoryHolding::touch);
    }
  }

  private static void touch(MemorySegment piece) {
    for (long at = 0; at < piece.byteSize(); at += PAGE) {
      piece.set(JAVA_BYTE, at, (byte) (piece.get(JAVA_BYTE, at) + 1));
    }
  }

  @Override
  public HostReading read() throws IOException {
    return HostReading.ofBytes(
        order.bytes(), Math.max(0, ProcFile.resident() - before), ProcFile.memoryAvailable());
  }
}
