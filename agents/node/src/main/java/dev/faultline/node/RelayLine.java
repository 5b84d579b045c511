package dev.faultline.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * One direction of a connection that a relay passes on. As long as nothing is to be delayed it
 * passes on what it has read; from the first delay on, a second thread does that when each piece is
 * due, while the first one goes on reading.
 */
final class RelayLine {

  /** So many bytes of a direction may be under way. */
  static final int UNDER_WAY = 32 << 20;

  private static final int PIECE = 64 << 10;

  private record Piece(ByteBuffer bytes, long due) {}

  private final Socket from;
  private final Socket to;
  private final RelayGate gate;
  private final LongSupplier delayNanos;
  private final BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(UNDER_WAY);
  private volatile boolean broken;

  RelayLine(Socket from, Socket to, RelayGate gate, LongSupplier delayNanos) {
    this.from = from;
    this.to = to;
    this.gate = gate;
    this.delayNanos = delayNanos;
  }

  /**
   * Passes on everything, and at last the end.
   *
   * @throws IOException when either side is broken
   */
  void run() throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[PIECE];
    Optional<Thread> sender = Optional.empty();
    long due = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      long delay = delayNanos.getAsLong();
      if (delay > 0 && sender.isEmpty()) {
        due = System.nanoTime();
        sender = Optional.of(Thread.ofVirtual().name("relay-delay").start(() -> sendWhenDue(out)));
      }
      if (sender.isEmpty()) {
        gate.pass();
        out.write(buffer, 0, read);
      } else {
        // Never before what was read earlier: a shorter delay does not overtake.
        due = later(due, System.nanoTime() + delay);
        keep(new Piece(ByteBuffer.wrap(Arrays.copyOf(buffer, read)), due));
      }
    }
    if (sender.isPresent()) {
      keep(new Piece(ByteBuffer.allocate(0), due));
      awaitEnd(sender.get());
    }
    gate.pass();
    to.shutdownOutput();
  }

  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private void keep(Piece piece) throws IOException {
    room.acquireUninterruptibly(piece.bytes().remaining());
    if (broken) {
      throw new IOException("the other side is gone");
    }
    underWay.add(piece);
  }

  private void sendWhenDue(OutputStream out) {
    try {
      while (true) {
        Piece next = underWay.take();
        for (long left = next.due() - System.nanoTime();
            left > 0;
            left = next.due() - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        if (!next.bytes().hasRemaining()) {
          return;
        }
        gate.pass();
        out.write(next.bytes().array(), 0, next.bytes().remaining());
        room.release(next.bytes().remaining());
      }
    } catch (IOException | InterruptedException gone) {
      broken = true;
      // Whoever reads must not wait for room that nobody will make, nor for more to read.
      room.release(UNDER_WAY);
      RelayConnection.close(from);
    }
  }

  private void awaitEnd(Thread sender) throws IOException {
    try {
      sender.join();
    } catch (InterruptedException over) {
      throw new IOException("interrupted", over);
    }
    if (broken) {
      throw new IOException("the other side is gone");
    }
  }
}
