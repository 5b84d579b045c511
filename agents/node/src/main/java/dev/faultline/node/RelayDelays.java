package dev.faultline.node;

import java.time.Duration;

/** How long a relay keeps things under way, by direction. Thread-safe. */
final class RelayDelays {

  private volatile long toTarget;
  private volatile long fromTarget;

  void set(Relay.Way way, Duration delay) {
    long nanos = Math.max(0, delay.toNanos());
    switch (way) {
      case TO_TARGET -> toTarget = nanos;
      case FROM_TARGET -> fromTarget = nanos;
    }
  }

  long nanos(Relay.Way way) {
    return switch (way) {
      case TO_TARGET -> toTarget;
      case FROM_TARGET -> fromTarget;
    };
  }
}
