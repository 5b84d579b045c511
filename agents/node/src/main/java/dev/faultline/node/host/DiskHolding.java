package dev.faultline.node.host;

import dev.faultline.node.packet.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/**
 * Holds space of a file system in a file without a name. Where all is to be taken, it also takes
 * what becomes free meanwhile.
 */
final class DiskHolding implements Holding {

  private static final long BLOCK = 4096;
  private static final long PIECE = 1L << 30;
  private static final int NO_SPACE = 28;
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final HostOrder.Disk order;
  private volatile long held;

  DiskHolding(HostOrder.Disk order) {
    this.order = order;
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    NamelessFile file = NamelessFile.in(order.folder());
    while (true) {
      fill(file);
      if (order.bytes() > 0 && held < order.bytes()) {
        throw new IOException(
            "%d MiB are free, of which %d MiB must stay; %d MiB were taken"
                .formatted(free() >> 20, order.leave() >> 20, held >> 20));
      }
      Thread.sleep(AGAIN);
    }
  }

  private void fill(NamelessFile file) throws IOException {
    long piece = PIECE;
    for (long room = room(); room > 0; room = room()) {
      try {
        file.grow(Math.min(room, piece));
      } catch (KernelException refused) {
        if (refused.errno() != NO_SPACE) {
          throw refused;
        }
        // What is free may not be usable to the last block.
        if (piece <= BLOCK) {
          return;
        }
        piece = Math.max(BLOCK, Math.min(room, piece) / 2 / BLOCK * BLOCK);
      } finally {
        held = file.length();
      }
    }
  }

  /**
   * How much more may be taken now, in whole blocks but for the end of a size that is asked for.
   */
  private long room() throws IOException {
    long room = free() - order.leave();
    if (order.bytes() > 0 && order.bytes() - held <= room) {
      return order.bytes() - held;
    }
    return room / BLOCK * BLOCK;
  }

  private long free() throws IOException {
    return Files.getFileStore(order.folder()).getUsableSpace();
  }

  @Override
  public HostReading read() throws IOException {
    return HostReading.ofBytes(order.bytes(), held, free());
  }
}
