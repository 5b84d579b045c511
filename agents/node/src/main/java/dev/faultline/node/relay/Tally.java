package dev.faultline.node.relay;

import dev.faultline.node.delay.Delays;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a fault does. Thread-safe. */
final class Tally {

  private final LongAdder connections = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder pieces = new LongAdder();
  private final Delays delays = new Delays();

  void connection() {
    connections.increment();
  }

  void piece(long length) {
    bytes.add(length);
    pieces.increment();
  }

  /** Counts how long a piece was kept. */
  void delay(long nanos) {
    delays.add(nanos);
  }

  RelayReport report() {
    return new RelayReport(
        connections.sum(),
        bytes.sum(),
        pieces.sum(),
        Duration.ofNanos(delays.least()),
        Duration.ofNanos(delays.median()),
        Duration.ofNanos(delays.most()));
  }
}
