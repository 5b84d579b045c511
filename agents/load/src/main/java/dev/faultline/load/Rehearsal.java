package dev.faultline.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the code of a load before the load begins, against nobody: a Java program is slow at what it
 * does for the first time, and that would be measured as the slowness of the target.
 */
final class Rehearsal {

  private static final Duration LONGEST = Duration.ofMillis(1500);
  private static final int FEWEST = 200;
  private static final int MOST = 10_000;
  private static final int TOGETHER = 50;

  private Rehearsal() {}

  /** As many requests as two seconds of the load, if there is time for them. */
  static void of(LoadOrder order) throws InterruptedException {
    long began = System.nanoTime();
    long wanted = Math.clamp((long) (2 * order.rate()), FEWEST, MOST);
    try (HttpSender sender = HttpSender.toNobody(toNobody(order), TOGETHER)) {
      Second second = new Second(0, Instant.EPOCH, order.rate(), LONGEST.toNanos());
      for (long sent = 0;
          sent < wanted && System.nanoTime() - began < LONGEST.toNanos();
          sent += TOGETHER) {
        together(sender, second);
      }
      second.close();
      second.whenComplete();
    }
  }

  /**
   * The same request to nobody, over a connection that is not secured: nobody has a certificate.
   */
  private static LoadOrder toNobody(LoadOrder order) {
    LoadRequest plain = order.plain();
    return new LoadOrder(
        new LoadRequest(plain.method(), false, "127.0.0.1", 80, "/", plain.headers(), plain.body()),
        Optional.empty(),
        0,
        order.rate(),
        order.timeout());
  }

  private static void together(HttpSender sender, Second second) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int request = 0; request < TOGETHER; request++) {
      long due = System.nanoTime();
      second.due();
      threads.add(
          Thread.startVirtualThread(
              () -> second.ended(sender.send(false), System.nanoTime() - due)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
