package dev.faultline.benchmarks.agents;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongBinaryOperator;

/** Connects to a pod each 10 ms, and notes when it began and how long it took. */
public final class Knocks implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Duration BETWEEN = Duration.ofMillis(10);

  /** What took longer was lost and sent again, which takes a second at least. */
  private static final Duration SENT_AGAIN = Duration.ofMillis(900);

  private record Knock(long begin, long took) {}

  private final InetSocketAddress door;
  private final Queue<Knock> knocks = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Begins to connect to it. */
  public Knocks(InetSocketAddress door) {
    this.door = door;
    threads.execute(this::goOn);
  }

  private void goOn() {
    try {
      while (true) {
        threads.execute(this::knock);
        Thread.sleep(BETWEEN);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void knock() {
    long begin = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.connect(door, TIMEOUT_MILLIS);
      knocks.add(new Knock(begin, System.nanoTime() - begin));
    } catch (IOException notAnswered) {
      knocks.add(new Knock(begin, Long.MAX_VALUE));
    }
  }

  /** Forgets all so far. */
  public void forget() {
    knocks.clear();
  }

  /** From a moment to the first one that was late by the delay. */
  public Duration toFirst(long from, Duration delay) {
    return from(from, delay, Math::min);
  }

  /** From a moment to the last one that was late by the delay; zero when none was. */
  public Duration toLast(long from, Duration delay) {
    return from(from, delay, Math::max);
  }

  private Duration from(long from, Duration delay, LongBinaryOperator which) {
    long at =
        knocks.stream()
            .filter(knock -> knock.begin() >= from)
            .filter(knock -> knock.took() >= delay.toNanos())
            .filter(knock -> knock.took() < SENT_AGAIN.toNanos())
            .mapToLong(Knock::begin)
            .reduce(which)
            .orElse(from);
    return Duration.ofNanos(at - from);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
