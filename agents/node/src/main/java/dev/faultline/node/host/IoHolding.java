package dev.faultline.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a disk busy: each worker writes its file piece by piece, waits for the disk after each, has
 * the kernel forget the file and reads it from the disk. What the files take is taken before.
 */
final class IoHolding implements Holding {

  private static final Duration LOOK = Duration.ofMillis(100);

  private final HostOrder.Io order;
  private final Flow written = new Flow();
  private volatile Optional<IOException> failure = Optional.empty();

  IoHolding(HostOrder.Io order) {
    this.order = order;
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    for (int i = 0; i < order.workers(); i++) {
      NamelessFile file = NamelessFile.in(order.folder());
      take(file);
      Thread.ofPlatform().daemon().name("disk-" + i).start(() -> work(file));
    }
    while (failure.isEmpty()) {
      written.look(System.nanoTime(), ProcFile.written());
      Thread.sleep(LOOK);
    }
    throw failure.get();
  }

  private void take(NamelessFile file) throws IOException {
    while (file.length() < order.bytes()) {
      long piece = Math.min(order.bytes() - file.length(), NamelessFile.BUFFER);
      if (free() - piece < order.leave()) {
        throw new IOException(
            "%d MiB are free, of which %d MiB must stay"
                .formatted(free() >> 20, order.leave() >> 20));
      }
      file.grow(piece);
    }
  }

  private void work(NamelessFile file) {
    try {
      while (true) {
        for (long at = 0; at < file.length(); at += NamelessFile.BUFFER) {
          file.rewrite(at);
        }
        file.forget();
        for (long at = 0; at < file.length(); at += NamelessFile.BUFFER) {
          long _ = file.read(at);
        }
      }
    } catch (IOException refused) {
      failure = Optional.of(refused);
    }
  }

  private long free() throws IOException {
    return Files.getFileStore(order.folder()).getUsableSpace();
  }

  @Override
  public HostReading read() throws IOException {
    return new HostReading(0, written.perSecond(), (double) free());
  }
}
