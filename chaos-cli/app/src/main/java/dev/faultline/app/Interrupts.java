package dev.faultline.app;

import dev.faultline.engine.run.Engine;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the first one withdraws every fault and lets the run end with its report, the
 * second one leaves at once and says what remains.
 */
final class Interrupts implements AutoCloseable {

  private final Console console;
  private final Engine engine;
  private final AtomicInteger times = new AtomicInteger();

  private Interrupts(Console console, Engine engine) {
    this.console = console;
    this.engine = engine;
  }

  static Interrupts handle(Console console, Engine engine) {
    Interrupts interrupts = new Interrupts(console, engine);
    Signals.handle("INT", () -> interrupts.happen("INT", 2));
    Signals.handle("TERM", () -> interrupts.happen("TERM", 15));
    return interrupts;
  }

  private void happen(String name, int number) {
    if (times.incrementAndGet() == 1) {
      console.err().printf("%nSIG%s: withdrawing every fault; once more leaves at once%n", name);
      Thread.ofVirtual().start(() -> engine.halt("stopped by SIG" + name));
    } else {
      console
          .err()
          .printf(
              "%nSIG%s again: leaving. Faults may still be in force until their lease ends;"
                  + " 'faultline status' shows them, 'faultline undo' ends them.%n",
              name);
      Runtime.getRuntime().halt(128 + number);
    }
  }

  boolean happened() {
    return times.get() > 0;
  }

  @Override
  public void close() {
    Signals.restore("INT");
    Signals.restore("TERM");
  }
}
