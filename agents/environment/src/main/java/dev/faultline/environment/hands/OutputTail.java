package dev.faultline.environment.hands;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of what a program prints to one of its outputs, whatever that is: 64 KiB. */
final class OutputTail {

  static final int LIMIT = 64 << 10;
  private static final long GRACE_MILLIS = 300;

  private final byte[] ring = new byte[LIMIT];
  private final CountDownLatch open = new CountDownLatch(1);
  private long written;

  private OutputTail() {}

  /** Starts to read, on a thread that ends with the stream. */
  static OutputTail of(InputStream stream) {
    OutputTail tail = new OutputTail();
    // A virtual thread that waits for a pipe would hold one of the few carriers.
    Thread.ofPlatform().daemon().name("output").start(() -> tail.drain(stream));
    return tail;
  }

  /**
   * What was printed so far. Of a program that has ended that is all, save that something it left
   * behind may print on: that is not waited for.
   */
  String text() throws InterruptedException {
    boolean _ = open.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private void drain(InputStream stream) {
    byte[] chunk = new byte[8192];
    for (int length = read(stream, chunk); length >= 0; length = read(stream, chunk)) {
      append(chunk, length);
    }
    open.countDown();
  }

  /** A stream that breaks has ended. */
  private static int read(InputStream stream, byte[] chunk) {
    try {
      return stream.read(chunk);
    } catch (IOException broken) {
      return -1;
    }
  }

  private synchronized void append(byte[] chunk, int length) {
    for (int index = 0; index < length; index++) {
      ring[(int) (written++ % LIMIT)] = chunk[index];
    }
  }

  private synchronized byte[] bytes() {
    if (written <= LIMIT) {
      return Arrays.copyOf(ring, (int) written);
    }
    int oldest = (int) (written % LIMIT);
    byte[] all = new byte[LIMIT];
    System.arraycopy(ring, oldest, all, 0, LIMIT - oldest);
    System.arraycopy(ring, 0, all, LIMIT - oldest, oldest);
    return all;
  }
}
