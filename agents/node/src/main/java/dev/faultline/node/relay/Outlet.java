package dev.faultline.node.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes to a socket what it takes, and keeps the rest. Belongs to the loop's thread. */
final class Outlet {

  private final Endpoint to;
  private final Blocks blocks;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean ending;
  private boolean ended;

  Outlet(Endpoint to, Blocks blocks) {
    this.to = to;
    this.blocks = blocks;
  }

  /**
   * Writes bytes, or keeps those that do not go yet.
   *
   * @param source is not the caller's any more
   * @return how many went
   */
  long write(ByteBuffer source) throws IOException {
    long written = waiting.isEmpty() ? to.write(source) : 0;
    if (source.hasRemaining()) {
      bytes += source.remaining();
      waiting.add(source);
    } else {
      blocks.giveBack(source);
    }
    return written;
  }

  /**
   * Writes what waits.
   *
   * @return how many bytes went
   */
  long flush() throws IOException {
    long written = 0;
    while (!waiting.isEmpty()) {
      ByteBuffer first = waiting.element();
      written += to.write(first);
      if (first.hasRemaining()) {
        break;
      }
      blocks.giveBack(waiting.remove());
    }
    bytes -= written;
    endIfDue();
    return written;
  }

  /** Ends the way behind what waits. */
  void end() throws IOException {
    ending = true;
    endIfDue();
  }

  private void endIfDue() throws IOException {
    if (ending && !ended && waiting.isEmpty()) {
      ended = true;
      to.end();
    }
  }

  /** Whether it takes no more. */
  boolean isEnding() {
    return ending;
  }

  /** Whether all is written, and the end too. */
  boolean isEnded() {
    return ended;
  }

  /** Drops what waits. */
  void clear() {
    waiting.forEach(blocks::giveBack);
    waiting.clear();
    bytes = 0;
  }

  long bytes() {
    return bytes;
  }
}
