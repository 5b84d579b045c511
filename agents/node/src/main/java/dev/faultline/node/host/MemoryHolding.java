package dev.faultline.node.host;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds memory: each page is written, and written again each second, so that it is not swapped out.
 * Before each piece it looks whether enough stays available.
 */
final class MemoryHolding implements Holding {

  private static final long PIECE = 16L << 20;
  private static final long PAGE = 4096;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Where memory is taken from. */
  interface Room {
    /** How many bytes there are. */
    long left() throws IOException;

    /** Why so much must not be taken now; empty when it may be. */
    Optional<String> refusal(long piece) throws IOException;
  }

  private final long bytes;
  private final Room room;
  private final long before;
  private final List<MemorySegment> pieces = new ArrayList<>();

  MemoryHolding(long bytes, Room room) throws IOException {
    this.bytes = bytes;
    this.room = room;
    this.before = ProcFile.resident();
  }

  /** All that the machine has but what must stay. */
  static Room ofMachine(long leave) {
    return new Room() {
      @Override
      public long left() throws IOException {
        return ProcFile.memoryAvailable();
      }

      @Override
      public Optional<String> refusal(long piece) throws IOException {
        long available = left();
        return available - piece < leave
            ? Optional.of(
                "%d MiB are available, of which %d MiB must stay"
                    .formatted(available >> 20, leave >> 20))
            : Optional.empty();
      }
    };
  }

  @Override
  public void hold() throws IOException, InterruptedException {
    for (long held = 0; held < bytes; held += PIECE) {
      long piece = Math.min(PIECE, bytes - held);
      Optional<String> refusal = room.refusal(piece);
      if (refusal.isPresent()) {
        throw new IOException("%s; %d MiB were taken".formatted(refusal.get(), held >> 20));
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
    return HostReading.ofBytes(bytes, Math.max(0, ProcFile.resident() - before), room.left());
  }
}
