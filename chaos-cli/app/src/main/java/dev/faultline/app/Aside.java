package dev.faultline.app;

import dev.faultline.model.event.Entry;
import dev.faultline.model.event.Sink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Tells another listener on a thread of its own, in order: a reader of our output that stops
 * reading must not stop the run. Thread-safe.
 */
final class Aside implements Sink, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Sink listener;
  private final BlockingQueue<Optional<Entry>> heard = new LinkedBlockingQueue<>();
  private final Thread teller;

  Aside(Sink listener) {
    this.listener = listener;
    this.teller = Thread.ofPlatform().daemon().name("view").start(this::tell);
  }

  @Override
  public void accept(Entry entry) {
    heard.add(Optional.of(entry));
  }

  private void tell() {
    try {
      Optional<Entry> next = heard.take();
      while (next.isPresent()) {
        listener.accept(next.get());
        next = heard.take();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until all is told, but not for a listener that hangs. */
  @Override
  public void close() {
    heard.add(Optional.empty());
    try {
      boolean _ = teller.join(PATIENCE);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }
}
