package dev.faultline.node.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The buffers of a loop: it reads into one, and hands it on as it is when what came is long; so
 * long streams are delayed without being copied. Belongs to the loop's thread.
 */
final class Blocks {

  /** The size of each. */
  static final int SIZE = 64 << 10;

  /** Less than this is copied out of its block, so that a few bytes do not hold all of it. */
  private static final int LONG = 16 << 10;

  /** 64 MiB. What is not kept waits for a collection of the heap, and blocks hardly fill that. */
  private static final int MOST_FREE = 1024;

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /** An empty one. */
  ByteBuffer take() {
    return free.isEmpty() ? ByteBuffer.allocateDirect(SIZE) : free.pop().clear();
  }

  /** Takes a buffer back that nobody reads any more; others than blocks are left alone. */
  void giveBack(ByteBuffer buffer) {
    if (buffer.isDirect() && buffer.capacity() == SIZE && free.size() < MOST_FREE) {
      free.push(buffer);
    }
  }

  /** What has been read into a block, to be kept; the block is not the caller's any more. */
  ByteBuffer keep(ByteBuffer block) {
    if (block.remaining() >= LONG) {
      return block;
    }
    ByteBuffer copy = copy(block);
    giveBack(block);
    return copy;
  }

  static ByteBuffer copy(ByteBuffer source) {
    return ByteBuffer.allocate(source.remaining()).put(source).flip();
  }
}
