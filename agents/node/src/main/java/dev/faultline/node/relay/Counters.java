package dev.faultline.node.relay;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through a relay. Thread-safe. */
final class Counters {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder toTarget = new LongAdder();
  private final LongAdder fromTarget = new LongAdder();

  void accepted() {
    accepted.increment();
  }

  void refused() {
    refused.increment();
    ended.increment();
  }

  void failed() {
    failed.increment();
  }

  void ended() {
    ended.increment();
  }

  void passed(Way way, long bytes) {
    switch (way) {
      case TO_TARGET -> toTarget.add(bytes);
      case FROM_TARGET -> fromTarget.add(bytes);
    }
  }

  RelayTraffic read() {
    long gone = ended.sum();
    long all = accepted.sum();
    return new RelayTraffic(
        all, refused.sum(), failed.sum(), all - gone, toTarget.sum(), fromTarget.sum());
  }
}
