package dev.faultline.app;

import java.util.concurrent.atomic.AtomicInteger;

/** Signals to something that goes on until it is stopped. */
final class Stopping {

  private Stopping() {}

  /** The first one stops it, the second one leaves at once. */
  static void onSignals(Console console, Runnable stop) {
    AtomicInteger times = new AtomicInteger();
    for (String signal : new String[] {"INT", "TERM", "HUP"}) {
      Signals.handle(
          signal,
          () -> {
            if (times.incrementAndGet() > 1) {
              console.err().line("Leaving at once.");
              Runtime.getRuntime().halt(143);
            }
            console.err().line("Stopping; once more leaves at once.");
            Thread.ofVirtual().start(stop);
          });
    }
  }
}
