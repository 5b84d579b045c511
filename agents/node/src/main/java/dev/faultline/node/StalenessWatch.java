package dev.faultline.node;

import java.time.Duration;

/**
 * Decides when a counter has been silent for too long, from looks at it. Times are those of one
 * monotonic clock in nanoseconds.
 *
 * <p>A look that comes later than the staleness itself shows that the watcher did not run (it was
 * stopped, starved, or the whole machine was paused, the controller with it). The silence in
 * between proves nothing, so the controller gets one more staleness; a second late look in a row
 * without any change forgives nothing.
 */
record StalenessWatch(
    long staleNanos, long counter, long silentSince, long lastLook, boolean forgiven) {

  static StalenessWatch start(Duration staleness, long counter, long now) {
    return new StalenessWatch(staleness.toNanos(), counter, now, now, false);
  }

  /** The watch after a look that found {@code seen}. */
  StalenessWatch look(long seen, long now) {
    if (seen != counter) {
      return new StalenessWatch(staleNanos, seen, now, now, false);
    }
    boolean overslept = now - lastLook > staleNanos;
    return overslept && !forgiven
        ? new StalenessWatch(staleNanos, counter, now, now, true)
        : new StalenessWatch(staleNanos, counter, silentSince, now, forgiven);
  }

  /** Whether, at the last look, the counter had been silent for longer than it may. */
  boolean stale() {
    return lastLook - silentSince > staleNanos;
  }
}
